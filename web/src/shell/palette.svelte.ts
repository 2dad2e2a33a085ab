import { m } from '#messages';
import { creations, navigation, type NavigationItem } from '../kernel/navigation.ts';
import type { Found, SearchSource } from '../parts.ts';

export interface FoundGroup {
  readonly title: string;
  readonly items: readonly Found[];
}

const MOST = 8;

/** What the palette shows for the text in its field: places, things to make, and what the sources find. */
export class PaletteSearch {
  text = $state('');
  searching = $state(false);
  #found = $state.raw<readonly FoundGroup[]>([]);
  #sources: readonly SearchSource[] = [];
  #asking: AbortController | undefined;

  readonly groups = $derived.by((): readonly FoundGroup[] => {
    const own = [
      { title: m.shell_palette_go(), items: match(navigation, this.text) },
      { title: m.shell_palette_new(), items: match(creations, this.text) },
    ];
    // Without a text the places come first, with one the records do.
    return (this.text ? [...this.#found, ...own] : [...own, ...this.#found]).filter(({ items }) => items.length);
  });

  async start(load: readonly (() => Promise<{ default: SearchSource }>)[]): Promise<void> {
    this.#sources = (await Promise.all(load.map((part) => part()))).map((part) => part.default);
    await this.find(this.text);
  }

  async find(text: string): Promise<void> {
    this.text = text;
    this.#asking?.abort();
    const asking = (this.#asking = new AbortController());
    const answers = this.#sources.map((source) => source.find(text.trim(), asking.signal));
    this.searching = answers.some((answer) => answer instanceof Promise);
    // Settled: one source that fails leaves the others' hits standing.
    const settled = await Promise.allSettled(answers);
    if (asking.signal.aborted) return;
    this.searching = false;
    this.#found = settled.map((answer, i) => ({
      title: this.#sources[i]!.title(),
      items: answer.status === 'fulfilled' ? answer.value.slice(0, MOST) : [],
    }));
  }
}

function match(items: readonly NavigationItem[], text: string): Found[] {
  const wanted = text.trim().toLocaleLowerCase();
  return items
    .filter(({ can, title }) => can() && title().toLocaleLowerCase().includes(wanted))
    .map(({ href, title, icon }) => ({ id: `go ${href}`, title: title(), icon, href }));
}
