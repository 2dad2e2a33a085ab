import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';

/**
 * Started once per host: reads `add <pid>` and `drop <pid>` from its stdin and kills what is left when that pipe
 * closes. The kernel closes it however the host ends, SIGKILL included, which no exit hook survives. It and the
 * children have their own sessions, so Ctrl-C reaches the host alone and the host ends them in order.
 */
const guardScript = `
trap '' INT TERM HUP
pids=
while read -r word pid; do
  if [ "$word" = add ]; then pids="$pids $pid"; continue; fi
  rest=
  for p in $pids; do [ "$p" = "$pid" ] || rest="$rest $p"; done
  pids=$rest
done
for p in $pids; do kill -9 "$p" 2>/dev/null; done
`;

let guard: ChildProcess | undefined;

/** Spawns a child that cannot outlive this process. */
export function spawnGuarded(command: string, args: string[], options: SpawnOptions = {}): ChildProcess {
  const stdin = (guard ??= startGuard()).stdin!;
  const child = spawn(command, args, { ...options, detached: true });
  const { pid } = child;
  if (pid === undefined) return child; // 'error' follows, e.g. ENOENT
  stdin.write(`add ${pid}\n`);
  child.once('exit', () => stdin.write(`drop ${pid}\n`));
  return child;
}

/** Kills the child at once and resolves when the system has taken it away. */
export function killAndWait(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.ref(); // somebody waits for it now
    child.kill('SIGKILL');
  });
}

function startGuard(): ChildProcess {
  const process = spawn('/bin/sh', ['-c', guardScript], { detached: true, stdio: ['pipe', 'ignore', 'ignore'] });
  process.unref();
  const stdin = process.stdin as NonNullable<ChildProcess['stdin']> & { unref(): void };
  stdin.unref();
  stdin.on('error', () => {}); // the guard is gone only when somebody killed it by hand
  return process;
}
