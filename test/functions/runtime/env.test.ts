import { afterEach, describe, expect, it, vi } from 'vitest';
import { env } from '../../../functions/runtime/env.ts';

afterEach(() => vi.unstubAllEnvs());

describe('the environment', () => {
  it('is read at the first use, and once', () => {
    const settings = env('TABLE_NAME', 'SIGN_UP');
    vi.stubEnv('TABLE_NAME', 'regulars');
    vi.stubEnv('SIGN_UP', 'invite');

    const first = settings();
    vi.stubEnv('TABLE_NAME', 'another');

    expect(first).toEqual({ TABLE_NAME: 'regulars', SIGN_UP: 'invite' });
    expect(settings()).toBe(first);
  });

  it('names everything that is missing or unfit at once, and no value', () => {
    vi.stubEnv('TABLE_NAME', undefined);
    vi.stubEnv('MAIL_FROM', '');
    vi.stubEnv('SIGN_UP', 'secret');
    vi.stubEnv('PUBLIC_URL', 'https://crm.example/');
    vi.stubEnv('JOBS_QUEUE_URL', 'https://sqs.us-east-1.amazonaws.com/1/jobs');

    const settings = env('TABLE_NAME', 'MAIL_FROM', 'SIGN_UP', 'PUBLIC_URL', 'JOBS_QUEUE_URL');

    expect(settings).toThrow(
      new Error('environment of this function: TABLE_NAME is missing, MAIL_FROM is missing, SIGN_UP is unfit, PUBLIC_URL is unfit'),
    );
  });
});
