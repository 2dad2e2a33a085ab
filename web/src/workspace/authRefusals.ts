import { m } from '#messages';
import { ApiError } from '../kernel/api.ts';
import { addErrorWords } from '../kernel/errors.ts';
import { addIssueWords } from '../kernel/issues.ts';

// What the server refuses about a second step; the pages that ask for one import these words.
addErrorWords({
  'auth.codeRequired': () => m.workspace_code_required(),
  'auth.code': () => m.workspace_code_wrong(),
  'auth.recoveryCode': () => m.workspace_recovery_wrong(),
  'auth.session': () => m.kernel_error_signed_out(),
  'budget.spent': () => m.workspace_too_often(),
  'twoStep.on': () => m.workspace_two_step_on_already(),
  'twoStep.notBegun': () => m.workspace_two_step_not_begun(),
});
addIssueWords({ 'code.invalid': () => m.workspace_code_digits() });

/** The password was right, and the account asks for a code of the authenticator app too. */
export const asksForCode = (error: unknown): boolean => error instanceof ApiError && error.code === 'auth.codeRequired';
