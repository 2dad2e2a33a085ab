import { AppError } from '../../../shared/kernel/errors.ts';
import type { Answer, Request } from '../../runtime/route.ts';

const NAME = 'rg_refresh';
const ATTRIBUTES = 'HttpOnly; Secure; SameSite=Strict; Path=/api/v1/auth';
/** As long as the pool keeps a refresh token. */
export const KEPT_SECONDS = 30 * 86_400;

/** What a signed-in page holds: the access token in its memory, the refresh token where no script can read it. */
export interface Signed {
  readonly accessToken: string;
  /** Seconds. */
  readonly expiresIn: number;
  /** Absent when the session that made it goes on. */
  readonly refreshToken?: string;
}

/** @param options.keep  false: the browser forgets the session when it ends */
export const signed = ({ accessToken, expiresIn, refreshToken }: Signed, { keep = true }: { keep?: boolean | undefined } = {}): Answer => ({
  status: 200,
  body: { accessToken, expiresIn },
  ...(refreshToken === undefined ? {} : { cookies: [`${NAME}=${refreshToken}; ${ATTRIBUTES}${keep ? `; Max-Age=${KEPT_SECONDS}` : ''}`] }),
});

/** Nothing to say, and no session any more. */
export const signedOut = (): Answer => ({ status: 204, cookies: [`${NAME}=; ${ATTRIBUTES}; Max-Age=0`] });

export function refreshTokenOf({ cookies }: Pick<Request, 'cookies'>): string | undefined {
  const cookie = cookies.find((each) => each.startsWith(`${NAME}=`));
  return cookie?.slice(NAME.length + 1) || undefined;
}

/** One answer for a wrong password, an unknown address, and an account that may not be entered. */
export const wrongCredentials = (): AppError => new AppError('auth.credentials', { status: 401 });
/** The password was right; the code of the authenticator app is missing, wrong, or used before. */
export const codeRequired = (): AppError => new AppError('auth.codeRequired', { status: 401 });
export const wrongCode = (): AppError => new AppError('auth.code', { status: 401 });
export const wrongRecoveryCode = (): AppError => new AppError('auth.recoveryCode', { status: 401 });
/** The session is over. */
export const noSession = (): AppError => new AppError('auth.session', { status: 401 });
/** A mailed link that leads nowhere: forged, used, expired, or withdrawn. */
export const deadLink = (): AppError => new AppError('auth.token', { status: 400 });
