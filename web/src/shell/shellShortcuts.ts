import { m } from '#messages';
import { creations, navigation } from '../kernel/navigation.ts';
import { router } from '../kernel/router.svelte.ts';
import type { Shortcut } from '../kernel/shortcuts.svelte.ts';
import { overlays } from './overlays.svelte.ts';

/** Sends the form somebody is in, unless its own button would not. */
function sendForm(): void {
  const form = document.activeElement?.closest('form');
  // A button in the foot of a dialog belongs to the form without standing in it.
  const button = [...(form?.elements ?? [])].find((element) => element instanceof HTMLButtonElement && element.type === 'submit');
  if (!button?.matches(':disabled')) form?.requestSubmit();
}

/** The keys that work on every page. */
export function shellShortcuts(): Shortcut[] {
  const everywhere = m.shell_keys_everywhere;
  return [
    { keys: '$mod+k', title: m.shell_search, group: everywhere, run: () => overlays.togglePalette() },
    { keys: '/', title: m.shell_search, group: everywhere, run: () => (overlays.palette = true) },
    ...(creations.some(({ can }) => can())
      ? [{ keys: 'c', title: m.shell_new, group: everywhere, run: () => (overlays.create = true) }]
      : []),
    { keys: '$mod+Enter', title: m.palette_keys_save, group: everywhere, run: sendForm },
    { keys: '$mod+z', title: m.kernel_undo, group: everywhere },
    { keys: 'Shift+?', title: m.shell_keys, group: everywhere, run: () => (overlays.help = true) },
    ...navigation
      .filter(({ keys, can }) => keys && can())
      .map(({ keys, title, href }) => ({ keys: keys!, title, group: m.shell_keys_go, run: () => void router.goto(href) })),
  ];
}
