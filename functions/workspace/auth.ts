// Trigger: HTTP API, /api/v1/auth/*, without an access token.
import { httpHandler } from '../runtime/http.ts';
import { routes } from './auth/routes.ts';

export { routes };
export const handler = httpHandler(routes);
