import type { Applicant } from '../../../../shared/workspace/applications.ts';
import type { Brand } from '../../../../shared/workspace/brand.ts';
import { api } from '../../kernel/connection.svelte.ts';

const anonymous = { anonymous: true } as const;

/** What became of an application whose address was proven. */
export type ApplicationOutcome = { readonly outcome: 'waiting'; readonly until: string } | { readonly outcome: 'member' };

/** Whose link it is. @throws ApiError application.closed (404) */
export const readApplyPage = (code: string): Promise<Brand> => api.post('auth/application-page', { code }, anonymous);

/** Asked twice with one key it is one mail. */
export const apply = (applicant: Applicant & { code: string }, idempotencyKey: string): Promise<void> =>
  api.post('auth/apply', applicant, { anonymous: true, idempotencyKey });

/** @throws ApiError auth.token (400) for a link that is used, expired or withdrawn */
export const confirmApplication = (token: string): Promise<ApplicationOutcome> =>
  api.post('auth/confirm-application', { token }, anonymous);

/** Who invites, by a mailed token. @throws ApiError auth.token (400) */
export const readInvitation = (token: string): Promise<Brand> => api.post('auth/invitation', { token }, anonymous);
