// Trigger: HTTP API, the routes of the workspace itself: people, session, changes, search, health.
import { httpHandler } from '../runtime/http.ts';
import { routes } from './routes.ts';

export const handler = httpHandler(routes);
export { routes };
