import { m } from '#messages';
import type { RecordExtension } from '../records/extensions.svelte.ts';
import { OUTCOME_TONES } from './leadWords.ts';
import SubmissionPanel from './SubmissionPanel.svelte';

const extension: RecordExtension = {
  tones: { outcome: OUTCOME_TONES },
  panel: SubmissionPanel,
  emptyText: m.leads_posts_none,
};

export default extension;
