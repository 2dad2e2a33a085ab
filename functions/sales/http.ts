// Trigger: HTTP API, the routes of sales.
import { httpHandler } from '../runtime/http.ts';
import { routes } from './routes.ts';

export const handler = httpHandler(routes);
export { routes };
