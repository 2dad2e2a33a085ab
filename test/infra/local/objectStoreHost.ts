import { createClock } from '../../../infra/local/clock.ts';
import { startObjectStore } from '../../../infra/local/objectStore/server.ts';
import { credentials } from './objectStoreClient.ts';

// A process of its own for the test that kills it.
const store = await startObjectStore({ dataDir: process.argv[2]!, clock: createClock(), buckets: ['files'], credentials });
process.stdout.write(`${store.url}\n`);
