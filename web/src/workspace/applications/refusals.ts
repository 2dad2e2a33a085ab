import { m } from '#messages';
import { addErrorWords } from '../../kernel/errors.ts';
import { addIssueWords } from '../../kernel/issues.ts';

// What the server refuses about applications; the pages that have to do with them import these words.
addErrorWords({
  'application.closed': () => m.apply_closed_text(),
  'application.over': () => m.apply_refused_over(),
  'application.decided': () => m.apply_refused_decided(),
});
addIssueWords({ 'language.notOffered': () => m.company_language_not_offered() });
