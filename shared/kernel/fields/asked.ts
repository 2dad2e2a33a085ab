/** `asked` of a kind whose atoms are texts: what is typed, in the form they are kept in; blank asks for nothing. */
export const askedText =
  (form: (text: string) => string) =>
  (value: unknown): string | undefined =>
    typeof value === 'string' ? form(value) || undefined : undefined;

export const askedNumber = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isFinite(value) ? value : undefined;
