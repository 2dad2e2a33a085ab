/** Stands for the reader in a filter's address, so that a link shows each colleague his own. */
export const ME = 'me';
