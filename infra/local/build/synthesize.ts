// Writes the templates for the local host into argv[2]. The functions' code is not part of them: the host takes it
// from the bundles, so a change of a function leaves the template as it is.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createApp } from '../../app.ts';
import { entries } from '../../entries.ts';

const codeDir = mkdtempSync(path.join(os.tmpdir(), 'no-code-'));
try {
  for (const { name } of entries) {
    mkdirSync(path.join(codeDir, name));
    writeFileSync(path.join(codeDir, name, 'index.js'), `// ${name}`);
  }
  createApp({ codeDir, outdir: process.argv[2]! }).synth();
} finally {
  rmSync(codeDir, { recursive: true });
}
