import { api } from '../../kernel/connection.svelte.ts';

/** By the cookie of this browser, which only the paths under `auth` get: the access token says nothing here. */
const byCookie = { anonymous: true } as const;

export interface TwoStep {
  readonly on: boolean;
  /** How many are left. */
  readonly recoveryCodes: number;
}
export interface AuthenticatorSecret {
  readonly secret: string;
  /** As a QR code says it. */
  readonly uri: string;
}
export interface TwoStepProof {
  readonly password: string;
  readonly code: string;
}

export const readTwoStep = (): Promise<TwoStep> => api.post('auth/two-step/read', {}, byCookie);

/** Asks for nothing yet: the app has to prove itself first. */
export const beginTwoStep = (password: string): Promise<AuthenticatorSecret> => api.post('auth/two-step/begin', { password }, byCookie);

/** @returns the recovery codes, this once */
export async function confirmTwoStep(code: string): Promise<readonly string[]> {
  const { recoveryCodes } = await api.post<{ recoveryCodes: string[] }>('auth/two-step/confirm', { code }, byCookie);
  return recoveryCodes;
}

export const endTwoStep = (proof: TwoStepProof): Promise<void> => api.post('auth/two-step/end', proof, byCookie);

/** @returns the new recovery codes, this once; those before open nothing any more */
export async function renewRecoveryCodes(proof: TwoStepProof): Promise<readonly string[]> {
  const { recoveryCodes } = await api.post<{ recoveryCodes: string[] }>('auth/two-step/recovery-codes', proof, byCookie);
  return recoveryCodes;
}
