import { m } from '#messages';
import type { RecordExtension } from '../records/extensions.svelte.ts';

const extension: RecordExtension = { emptyText: m.sales_products_empty };

export default extension;
