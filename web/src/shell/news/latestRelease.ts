/** The release that the newest note tells of. By itself, so that the hint of it does not carry all notes along. */
export const LATEST_RELEASE = '2026.11.3';
