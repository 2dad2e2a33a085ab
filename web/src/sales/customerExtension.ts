import type { RecordExtension } from '../records/extensions.svelte.ts';
import PurchasesPanel from './PurchasesPanel.svelte';

/** What sales adds to a customer: what it has bought. */
const extension: RecordExtension = { panel: PurchasesPanel, listed: ['order'] };

export default extension;
