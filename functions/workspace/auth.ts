// Trigger: HTTP API, /api/v1/auth/* without an access token, and what administrators do about accounts.
import { httpHandler } from '../runtime/http.ts';
import { routes } from './auth/routes.ts';

export { routes };
export const handler = httpHandler(routes);
