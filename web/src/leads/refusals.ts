import { m } from '#messages';
import { addErrorWords } from '../kernel/errors.ts';
import { addIssueWords } from '../kernel/issues.ts';

// What the server refuses about leads and forms; their pages import these words.
addErrorWords({ 'lead.converted': () => m.leads_refused_converted() });
addIssueWords({
  'lead.status.convertOnly': () => m.leads_refused_convert_only(),
  'lead.status.final': () => m.leads_refused_converted(),
  'ref.notFound': () => m.kernel_issue_ref(),
});
