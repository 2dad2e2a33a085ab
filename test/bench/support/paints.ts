/** How soon a page shows what was done to it, and the work that it took. */
import type { CDPSession, Page } from 'playwright-core';
import { quantile, rounded } from './quantiles.ts';
import { atMost } from './report.ts';

interface Sample {
  readonly shown: number;
  readonly worked: number;
}

/**
 * Does something in the page and waits for the frame after the one in which `isDone` first holds; both are code of the page.
 * @returns milliseconds, a wait for the next frame (16 ms) included
 */
export const timed = (page: Page, act: string, isDone: string, mostMs = 20_000): Promise<number> =>
  page.evaluate(`(async () => {
    const start = performance.now();
    ${act};
    for (;;) {
      await new Promise((frame) => requestAnimationFrame(frame));
      if (${isDone}) break;
      if (performance.now() - start > ${mostMs}) throw new Error('this never came true: ' + ${JSON.stringify(isDone)});
    }
    await new Promise((painted) => setTimeout(painted));
    return performance.now() - start;
  })()`);

const workOf = (samples: readonly Sample[]): number =>
  quantile(
    samples.map((each) => each.worked),
    0.5,
  );

/** Samples of one page, by what was done. Its work is taken by the processor's clock, which other work on the machine does not lengthen. */
export class Paints {
  readonly #page: Page;
  readonly #devTools: CDPSession;
  readonly #samples: Record<string, Sample[]> = {};

  private constructor(page: Page, devTools: CDPSession) {
    this.#page = page;
    this.#devTools = devTools;
  }

  static async of(page: Page): Promise<Paints> {
    const devTools = await page.context().newCDPSession(page);
    await devTools.send('Performance.enable', { timeDomain: 'threadTicks' });
    return new Paints(page, devTools);
  }

  /** Milliseconds that the page's main thread has worked so far. */
  async workedMs(): Promise<number> {
    const { metrics } = await this.#devTools.send('Performance.getMetrics');
    return 1000 * metrics.find(({ name }) => name === 'TaskDuration')!.value;
  }

  async note(what: string, act: string, isDone: string): Promise<void> {
    const before = await this.workedMs();
    const shown = await timed(this.#page, act, isDone);
    (this.#samples[what] ??= []).push({ shown, worked: (await this.workedMs()) - before });
  }

  /** The median work of each thing done. */
  figures(mostMs: number): ReturnType<typeof atMost>[] {
    return Object.entries(this.#samples).map(([what, samples]) => atMost(what, workOf(samples), mostMs, 'ms of work'));
  }

  /** A row per thing done; over when the median of its work is. */
  rows(mostMs: number) {
    return Object.entries(this.#samples).map(([what, samples]) => {
      const worked = workOf(samples);
      const shown = samples.map((each) => each.shown);
      return {
        ...{ what, 'work ms': rounded(worked, 0), 'first work ms': rounded(samples[0]!.worked, 0) },
        ...{ 'shown after ms': rounded(quantile(shown, 0.5), 0), 'worst ms': rounded(Math.max(...shown), 0) },
        verdict: worked > mostMs ? 'over' : '',
      };
    });
  }
}
