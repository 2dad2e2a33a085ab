// Builds the site. Not Vite's own command: the compiler of messages leaves a handle behind that keeps the process,
// once its work is done, for another half minute.
import path from 'node:path';
import { build } from 'vite';
import { root } from './step.ts';

await build({ configFile: path.join(root, 'web/vite.config.ts'), logLevel: 'warn' });
process.exit(0);
