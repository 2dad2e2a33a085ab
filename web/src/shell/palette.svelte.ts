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

  /** Groups worth showing; a record that several sources know stands in the first. */
  readonly groups = $derived.by((): readonly FoundGroup[] => {
    const own = [
      { title: m.shell_palette_go(), items: match(navigation, this.text) },
      { title: m.shell_palette_new(), items: match(creations, this.text) },
    ];
    const found = this.#found.map((group, i) => {
      const before = new Set(this.#found.slice(0, i).flatMap(({ items }) => items.map(({ id }) => id)));
      return { ...group, items: group.items.filter(({ id }) => !before.has(id)).slice(0, MOST) };
    });
    // Without a text the places come first, with one the records do.
    return (this.text ? [...found, ...own] : [...own, ...found]).filter(({ items }) => items.length);
  });

  async start(load: readonly (() => Promise<{ default: SearchSource }>)[]): Promise<void> {
    this.#sources = (await Promise.all(load.map((part) => part()))).map((part) => part.default);
    await this.find(this.text);
  }

  async find(text: string): Promise<void> {
    this.text = text;
    this.#asking?.abort();
    const asking = (this.#asking = new AbortController());
    const show = (i: number, items: readonly Found[]): void => {
      if (!asking.signal.aborted) this.#found = this.#found.with(i, { title: this.#sources[i]!.title(), items });
    };
    this.#found = this.#sources.map((source) => ({ title: source.title(), items: [] }));
    const answers = this.#sources.map((source) => source.find(text.trim(), asking.signal));
    // What is known here shows at once; who has to ask elsewhere joins when he has his answer.
    answers.forEach((answer, i) => !(answer instanceof Promise) && show(i, answer));
    this.searching = answers.some((answer) => answer instanceof Promise);
    // A source that fails leaves the others' hits standing.
    await Promise.all(
      answers.map(
        (answer, i) =>
          answer instanceof Promise &&
          answer.then(
            (items) => show(i, items),
            () => undefined,
          ),
      ),
    );
    if (!asking.signal.aborted) this.searching = false;
  }
}

function match(items: readonly NavigationItem[], text: string): Found[] {
  const wanted = text.trim().toLocaleLowerCase();
  return items
    .filter(({ can, title }) => can() && title().toLocaleLowerCase().includes(wanted))
    .map(({ href, title, icon }) => ({ id: `go ${href}`, title: title(), icon, href }));
}
