import { stored } from '../../kernel/stored.ts';

/** Stages that this browser shows as a narrow rail. */
class Folded {
  #stages = $state.raw<ReadonlySet<string>>(read());

  has(stage: string): boolean {
    return this.#stages.has(stage);
  }

  toggle(stage: string): void {
    const stages = new Set(this.#stages);
    if (!stages.delete(stage)) stages.add(stage);
    this.#stages = stages;
    stored.set('folded', stages.size ? [...stages].join(' ') : null);
  }
}

function read(): Set<string> {
  return new Set(stored.get('folded')?.split(' '));
}

export const folded = new Folded();
