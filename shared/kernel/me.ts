/** Stands for whoever asks, in the place of a member: one filter then shows each reader his own. */
export const ME = 'me';
