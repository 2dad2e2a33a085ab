import { createClock } from '../../../infra/local/clock.ts';
import { startUserPool } from '../../../infra/local/userPool/server.ts';
import { poolSettings } from './userPoolClient.ts';

// A process of its own for the test that kills it.
const pool = await startUserPool({ dataDir: process.argv[2]!, clock: createClock(), pool: poolSettings });
process.stdout.write(`${pool.url}\n`);
