import { createHash } from 'node:crypto';

/** What happened, as lines: all of them in a hash by which two runs are compared, the last of them to be read. */
export class Trace {
  private readonly hash = createHash('sha256');
  private readonly lines: string[] = [];
  private readonly kept: number;

  constructor(kept = 5_000) {
    this.kept = kept;
  }

  add(line: string): void {
    this.hash.update(line).update('\n');
    this.lines.push(line);
    if (this.lines.length > 2 * this.kept) this.lines.splice(0, this.kept);
  }

  /** The last lines, those that name a word if one is given. */
  tail(count: number, word = ''): string[] {
    return this.lines.filter((line) => line.includes(word)).slice(-count);
  }

  digest = (): string => this.hash.copy().digest('hex').slice(0, 16);
}
