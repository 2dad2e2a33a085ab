import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import path from 'node:path';
import { root } from './build/step.ts';

/**
 * Vite in the place of the built site: the browser takes changes without reloading. The site's own headers are left
 * out, since its policy forbids the inline styles by which Vite works.
 */
export async function startDevSite(
  server: Server,
): Promise<{ handle(message: IncomingMessage, reply: ServerResponse): void; close(): Promise<void> }> {
  const { createServer } = await import('vite'); // half a second that `npm start` need not spend
  const vite = await createServer({
    configFile: path.join(root, 'web/vite.config.ts'),
    appType: 'spa',
    server: { middlewareMode: true, hmr: { server } },
  });
  return {
    handle: (message, reply) => vite.middlewares(message, reply, () => reply.writeHead(404).end()),
    close: () => vite.close(),
  };
}
