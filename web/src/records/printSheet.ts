/**
 * Prints the record that is shown.
 * @param past  with the timeline or the changes, whichever tab is open; the browser's own way to print takes them along too
 */
export function printSheet({ past }: { readonly past: boolean }): void {
  const { dataset } = document.documentElement;
  if (!past) dataset['sheet'] = 'bare';
  addEventListener('afterprint', () => delete dataset['sheet'], { once: true });
  // The menu has to be gone first.
  setTimeout(() => print());
}
