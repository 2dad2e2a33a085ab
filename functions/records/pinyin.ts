import { pinyin as read } from 'pinyin-pro';
import type { Pinyin } from '../../shared/kernel/searchText.ts';

/** Chinese as pinyin without tones, in full and as initials. Carries a table of 1 MB: only the stream and imports load it. */
export const pinyin: Pinyin = (text) => ({
  full: read(text, { toneType: 'none', type: 'array', v: true }).join(''),
  initials: read(text, { pattern: 'first', toneType: 'none', type: 'array' }).join(''),
});
