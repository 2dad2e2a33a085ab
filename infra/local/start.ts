// `npm start`, `npm run dev`: builds what has changed, deploys it on this machine, says where it is.
import path from 'node:path';
import { parseArgs } from 'node:util';
import { buildAll } from './build/build.ts';
import { DataInUseError } from './dataLock.ts';
import { password, signIns } from './demo/demo.ts';
import { clearHalfMadeDemo, seedOnce } from './demo/seedOnce.ts';
import { startDevSite } from './devSite.ts';
import { assertJava, JavaMissingError } from './dynamodb.ts';
import { createLocalHost, type LocalHost } from './host.ts';
import { PortInUseError } from './httpServer.ts';
import { watchFunctions } from './watchFunctions.ts';

const standardPort = 3000;

async function start({ dev, port, dataDir }: { dev: boolean; port: number; dataDir: string }): Promise<LocalHost> {
  await assertJava(); // before half a minute of building
  const built = await buildAll({ site: !dev });
  clearHalfMadeDemo(dataDir);
  const host = await createLocalHost({ ...built, port, dataDir, print, ...(dev && { devSite: startDevSite }) });
  closeOnSignals(host);
  const health = await fetch(`${host.url}/api/v1/health`);
  if (!health.ok) print(`GET /api/v1/health answered ${health.status}; see ${path.join(dataDir, 'logs/workspace.log')}`);
  await seedOnce(host, dataDir, print);
  if (dev) watchFunctions(host.functions, print);

  print(`ready ${host.url}`);
  print(`mail  ${host.url}/_local/mail`);
  const width = Math.max(...signIns.map(({ role }) => role.length));
  for (const { role, email } of signIns) print(`${role.padEnd(width)}  ${email}`);
  print(`password  ${password}`);
  return host;
}

/** The first signal ends everything in order, a second one at once; children end with this process in any case. */
function closeOnSignals(host: LocalHost): void {
  let closing = false;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (closing) process.exit(1);
      closing = true;
      host.close().then(
        () => process.exit(0),
        (error: unknown) => fail(error),
      );
    });
  }
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

function fail(error: unknown): void {
  const expected = error instanceof JavaMissingError || error instanceof PortInUseError || error instanceof DataInUseError;
  process.stderr.write(`${expected || !(error instanceof Error) ? String((error as Error).message ?? error) : error.stack}\n`);
  process.exit(1);
}

function readOptions(): { dev: boolean; port: number; dataDir: string } {
  const { values } = parseArgs({ options: { dev: { type: 'boolean', default: false } } });
  const port = Number(process.env['PORT'] ?? standardPort);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new Error(`PORT: not a port: ${process.env['PORT']}`);
  return { dev: values.dev, port, dataDir: path.resolve(process.env['DATA_DIR'] ?? '.data') };
}

try {
  await start(readOptions());
} catch (error) {
  fail(error);
}
