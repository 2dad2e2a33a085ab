import { describe, expect, it } from 'vitest';
import { formatRecoveryCode, parseRecoveryCode, RECOVERY_CODE_BYTES } from '../../shared/workspace/recoveryCode.ts';

describe('a recovery code', () => {
  it.each([
    ['nothing random', new Uint8Array(RECOVERY_CODE_BYTES), '0000-0000-0000'],
    ['all ones', new Uint8Array(RECOVERY_CODE_BYTES).fill(255), 'ZZZZ-ZZZZ-ZZZZ'],
    ['a letter of each byte', Uint8Array.from({ length: RECOVERY_CODE_BYTES }, (_, i) => i * 3 + 32), '0369-CFJN-RVY1'],
  ])('is twelve letters, of %s', (_what, random, expected) => {
    expect(formatRecoveryCode(random)).toBe(expected);
  });

  it.each([
    ['K3F0-9QXT-M7W2', 'K3F0-9QXT-M7W2'],
    ['k3f09qxtm7w2', 'K3F0-9QXT-M7W2'],
    [' k3fo 9qxt m7w2 ', 'K3F0-9QXT-M7W2'],
    ['KIFL-9QXT-M7W2', 'K1F1-9QXT-M7W2'],
    ['K3F0-9QXT-M7W', undefined],
    ['K3F0-9QXT-M7W2-A', undefined],
    ['K3F0-9QXT-M7WU', undefined],
    ['K3F0-9QXT-M7W喝', undefined],
    ['', undefined],
  ])('typed as “%s” is %s', (typed, expected) => {
    expect(parseRecoveryCode(typed)).toBe(expected);
  });
});
