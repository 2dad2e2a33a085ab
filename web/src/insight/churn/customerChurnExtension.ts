import type { RecordExtension } from '../../records/extensions.svelte.ts';
import ChurnHost from './ChurnHost.svelte';
import ChurnNotice from './ChurnNotice.svelte';

/** What churn warnings add to customers: the notice on their page. */
const extension: RecordExtension = { notice: ChurnNotice, host: ChurnHost };

export default extension;
