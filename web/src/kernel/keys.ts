/** A single key means itself while somebody types, composes, or a dialog is open. */
export function isTyping(event: KeyboardEvent): boolean {
  if (event.isComposing || event.keyCode === 229) return true; // Safari ends a composition with 229
  const target = event.composedPath()[0];
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable ||
      target instanceof HTMLTextAreaElement ||
      target instanceof HTMLSelectElement ||
      target.getAttribute('role') === 'combobox' ||
      (target instanceof HTMLInputElement && !['checkbox', 'radio', 'button', 'submit'].includes(target.type)))
  );
}

export const inDialog = (): boolean => document.querySelector('[aria-modal="true"], [role="menu"], [role="listbox"]') !== null;

const apple = /Mac|iPhone|iPad/.test(navigator.platform);

/** A combination as this computer's keyboard writes it: `Ctrl K`, `⌘ K`, `G C`. */
export function keyNames(keys: string): string[] {
  return keys
    .split(' ')
    .flatMap((stroke) => stroke.split('+'))
    .map((key) => NAMES[key] ?? key.toUpperCase());
}

const NAMES: Readonly<Record<string, string>> = {
  $mod: apple ? '⌘' : 'Ctrl',
  Shift: apple ? '⇧' : 'Shift',
  Alt: apple ? '⌥' : 'Alt',
  Enter: '↵',
  Escape: 'Esc',
  ArrowUp: '↑',
  ArrowDown: '↓',
};
