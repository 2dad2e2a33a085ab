/** What functions log, heard instead of printed. @returns the way back */
export function hearLogs(hear: (line: Readonly<Record<string, unknown>>) => void): () => void {
  const write = process.stdout.write;
  process.stdout.write = ((text: unknown, ...rest: never[]) => {
    if (typeof text !== 'string' || !text.startsWith('{"level"')) return write.call(process.stdout, text as string, ...rest);
    hear(JSON.parse(text) as Record<string, unknown>);
    return true;
  }) as typeof write;
  return () => {
    process.stdout.write = write;
  };
}
