import type { RecordExtension } from '../records/extensions.svelte.ts';
import PeoplePanel from './PeoplePanel.svelte';

/** What the people of a customer add to its page: who reports to whom. */
const extension: RecordExtension = { panel: PeoplePanel, listed: ['contact'] };

export default extension;
