import { m } from '#messages';
import { atHand } from '../kernel/atHand.svelte.ts';
import { creations, navigation, type NavigationItem } from '../kernel/navigation.ts';
import type { Found, SearchSource } from '../parts.ts';
import type { Action } from '../ui/menu.ts';
import { furtherPlaces } from './places.ts';

export interface FoundGroup {
  readonly title: string;
  readonly items: readonly Found[];
}

/** Hits of one source. */
const MOST = 8;

/** What the palette shows for the text in its field: records, what can be done with what is at hand, places, things to make. */
export class PaletteSearch {
  text = $state('');
  searching = $state(false);
  /** The action whose choices are shown, instead of everything. */
  step = $state.raw<Action | undefined>();
  #sources = $state.raw<readonly SearchSource[]>([]);
  /** What others have answered, by source. */
  #answers = $state.raw<ReadonlyMap<SearchSource, readonly Found[]>>(new Map());
  #asking: AbortController | undefined;

  constructor(step: Action | undefined) {
    this.step = step;
  }

  /** Groups worth showing; a record that several sources know stands in the first. */
  readonly groups = $derived.by((): readonly FoundGroup[] => {
    const text = this.text.trim();
    if (this.step) return withHits([{ title: this.step.title(), items: actionsFor('choose', this.step.choices?.() ?? [], text) }]);
    const done = new Set<string>();
    const from = (rank: SearchSource['rank']): FoundGroup[] =>
      this.#sources
        .filter((source) => source.rank === rank)
        .map((source) => ({ title: source.title(), items: source.find?.(text) ?? this.#answers.get(source) ?? [] }))
        .map(({ title, items }) => {
          const others = items.filter(({ id }) => !done.has(id)).slice(0, MOST);
          for (const { id } of others) done.add(id);
          return { title, items: others };
        });
    return withHits([
      ...from('records'),
      ...atHand.subjects.map(({ title, actions }, i) => ({ title: title(), items: actionsFor(`do ${i}`, actions, text) })),
      { title: m.shell_palette_go(), items: placesFor(text ? [...navigation, ...furtherPlaces] : navigation, text) },
      { title: m.shell_palette_new(), items: placesFor(creations, text) },
      ...from('places'),
      ...from('more'),
    ]);
  });

  async start(load: readonly (() => Promise<{ default: SearchSource }>)[]): Promise<void> {
    this.#sources = (await Promise.all(load.map((part) => part()))).map((part) => part.default);
    await this.find(this.text);
  }

  async find(text: string): Promise<void> {
    this.text = text;
    this.#asking?.abort();
    const asking = (this.#asking = new AbortController());
    this.#answers = new Map();
    if (this.step) return;
    const asked = this.#sources.flatMap((source) => (source.ask ? [{ source, answer: source.ask(text.trim(), asking.signal) }] : []));
    this.searching = asked.length > 0;
    // A source that fails leaves the others' hits standing.
    await Promise.allSettled(
      asked.map(async ({ source, answer }) => {
        const items = await answer;
        if (!asking.signal.aborted) this.#answers = new Map(this.#answers).set(source, items);
      }),
    );
    if (!asking.signal.aborted) this.searching = false;
  }
}

const withHits = (groups: readonly FoundGroup[]): FoundGroup[] => groups.filter(({ items }) => items.length);

/** Those whose title has the text, the ones that begin with it first. */
function named<T extends { readonly title: () => string }>(all: readonly T[], text: string): T[] {
  const wanted = text.toLocaleLowerCase();
  const places = all.map((one) => ({ one, at: one.title().toLocaleLowerCase().indexOf(wanted) })).filter(({ at }) => at >= 0);
  return places.sort((a, b) => Number(a.at > 0) - Number(b.at > 0)).map(({ one }) => one);
}

const actionsFor = (prefix: string, actions: readonly Action[], text: string): Found[] =>
  named(
    actions.filter(({ disabled }) => !disabled),
    text,
  ).map((action) => ({
    id: `${prefix} ${actions.indexOf(action)}`,
    title: action.title(),
    ...(action.current ? { detail: m.palette_now() } : {}),
    ...(action.icon ? { icon: action.icon } : {}),
    ...(action.keys ? { keys: action.keys } : {}),
    action,
  }));

const placesFor = (items: readonly NavigationItem[], text: string): Found[] =>
  named(
    items.filter(({ can }) => can()),
    text,
  ).map(({ href, title, icon, keys }) => ({ id: `go ${href}`, title: title(), icon, ...(keys ? { keys } : {}), href }));
