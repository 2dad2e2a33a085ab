import { m } from '#messages';
import { ApiError } from '../../kernel/api.ts';
import { addErrorWords, describeError } from '../../kernel/errors.ts';

addErrorWords({ 'note.pins': () => m.collaboration_pins_full() });

/** Why a note was not taken. Call it in markup, so that it follows the language. */
export const describeRefusal = (error: unknown): string =>
  error instanceof ApiError && error.issues.some(({ code }) => code === 'mention.cannotRead')
    ? m.collaboration_mention_refused()
    : describeError(error);
