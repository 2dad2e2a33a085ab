import { once } from 'node:events';
import http, { type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';

export class PortInUseError extends Error {
  override name = 'PortInUseError';
}

export interface LocalServer {
  port: number;
  /** The IPv4 one; upgrades of either arrive here. */
  http: http.Server;
  close(): Promise<void>;
}

/**
 * Listens on this machine alone, by IPv4 and, where there is one, IPv6: `localhost` means either.
 * @param port  0: a free one
 * @throws PortInUseError
 */
export async function listenLocally(port: number, listener: RequestListener): Promise<LocalServer> {
  const first = http.createServer(listener);
  await listen(first, port, '127.0.0.1').catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'EADDRINUSE' ? portInUse(port) : error;
  });
  const actual = (first.address() as AddressInfo).port;
  const servers = [first];
  const second = http.createServer(listener);
  second.on('upgrade', (request, socket, head) => {
    if (!first.emit('upgrade', request, socket, head)) socket.destroy();
  });
  try {
    await listen(second, actual, '::1');
    servers.push(second);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EADDRINUSE' && port !== 0) {
      first.close();
      throw portInUse(port);
    }
    // No IPv6 here, or a free port that is taken on that side alone: IPv4 must do.
  }
  let closing: Promise<unknown> | undefined;
  return {
    port: actual,
    http: first,
    async close() {
      await (closing ??= Promise.all(
        servers.map((server) => {
          const closed = once(server, 'close');
          server.close();
          server.closeAllConnections();
          return closed;
        }),
      ));
    },
  };
}

async function listen(server: http.Server, port: number, host: string): Promise<void> {
  server.listen(port, host);
  await once(server, 'listening');
}

function portInUse(port: number): PortInUseError {
  return new PortInUseError(`Port ${port} is in use; choose another one, for example PORT=${port + 1}.`);
}
