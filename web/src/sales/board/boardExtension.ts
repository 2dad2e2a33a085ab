import SquareKanban from '@lucide/svelte/icons/square-kanban';
import { m } from '#messages';
import type { RecordExtension } from '../../records/extensions.svelte.ts';

const extension: RecordExtension = {
  views: [{ id: 'board', title: m.sales_board, icon: SquareKanban, load: () => import('./BoardView.svelte') }],
};

export default extension;
