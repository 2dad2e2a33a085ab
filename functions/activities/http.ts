// Trigger: HTTP API, the routes of activities.
import { httpHandler } from '../runtime/http.ts';
import { routes } from './routes.ts';

export const handler = httpHandler(routes);
export { routes };
