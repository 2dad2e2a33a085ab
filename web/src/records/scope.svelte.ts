import { m } from '#messages';
import { inReach, reachOf } from '../../../shared/kernel/access.ts';
import type { Condition } from '../../../shared/kernel/filter.ts';
import { ME } from '../../../shared/kernel/me.ts';
import { INSIGHT, SCOPES, scopeTest } from '../../../shared/insight/figureScopes.ts';
import { router } from '../kernel/router.svelte.ts';
import { session } from '../kernel/session.svelte.ts';
import type { Option } from '../ui/options.ts';

const WORDS = { me: m.home_scope_me, team: m.home_scope_team, span: m.home_scope_span, all: m.home_scope_all };

/** Whose work is looked at: the reader's own, his team's, his span's, everybody's, or one person's. The address keeps it. */
class ScopeChoice {
  /** Named scopes within the reader's reach, widest last; of two that hold the same people the narrower one. */
  readonly #named = $derived.by(() => {
    const { actor, data } = session;
    if (!actor || !data) return [];
    const kept: { scope: (typeof SCOPES)[number]; people: string }[] = [];
    for (const scope of SCOPES) {
      const counts = scopeTest(actor, scope);
      if (!counts) continue;
      const people = data.members.filter(({ id, active }) => active && counts(id)).map(({ id }) => id);
      const last = kept.at(-1);
      // Everybody's holds what is nobody's, and what people who have left did, too.
      if (last?.people === people.join() && scope === 'all') kept.pop();
      if (kept.at(-1)?.people !== people.join()) kept.push({ scope, people: people.join() });
    }
    return kept.map(({ scope }) => scope);
  });

  readonly options: readonly Option[] = $derived.by(() => {
    const { actor, data } = session;
    if (!actor || !data) return [];
    const reach = reachOf(actor, 'read', INSIGHT);
    const people = data.members.filter(({ id, active }) => active && id !== data.member.id && inReach(actor, reach, id));
    return [
      ...this.#named.map((scope) => ({ value: scope, label: WORDS[scope]() })),
      ...people.map(({ id, name }) => ({ value: id, label: name })),
    ];
  });

  /** Who asks for nothing looks as far as he may. */
  readonly value: string = $derived.by(() => {
    const asked = router.query('scope');
    return this.options.some(({ value }) => value === asked) ? asked : (this.#named.at(-1) ?? 'me');
  });

  readonly #counts = $derived.by(() => {
    const { actor } = session;
    // Without any right to reports it is one's own work, as far as that may be read.
    return (actor && scopeTest(actor, this.value)) ?? ((owner: string | undefined) => owner === actor?.memberId);
  });

  /** Whether a record of that owner counts. */
  has(owner: string | undefined): boolean {
    return this.#counts(owner);
  }

  /** The same as conditions of a list. */
  readonly conditions: readonly Condition[] = $derived.by(() => {
    if (this.value === 'all') return [];
    if (this.value === 'me') return [{ field: 'ownerId', op: 'is', value: ME }];
    const owners = session.data?.members.filter(({ id }) => this.has(id)).map(({ id }) => id) ?? [];
    return [{ field: 'ownerId', op: 'in', value: owners }];
  });

  choose(value: string | undefined): void {
    void router.setQuery({ scope: value ?? null });
  }
}

export const scope = new ScopeChoice();
