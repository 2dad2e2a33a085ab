/** A meaning, shown by colour and always by a word or a shape as well. */
export type Tone = 'neutral' | 'accent' | 'good' | 'warn' | 'bad' | 'violet';
