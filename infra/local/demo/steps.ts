/** A value `@<ref>` stands for the id of that record, at any depth. */
export type Body = Readonly<Record<string, unknown>>;
export type Language = 'en' | 'zh-CN';

interface Deed {
  /** Key of a colleague. */
  readonly by: string;
}

/** Something that a colleague, or a visitor, does. `ref` names a record for later steps. */
export type Step =
  | (Deed & { readonly kind: 'create'; readonly type: string; readonly ref: string; readonly body: Body })
  | (Deed & { readonly kind: 'update'; readonly type: string; readonly ref: string; readonly body: Body })
  /** `POST /<plural>/<id>/<name>`; `makes` names the record that it answers beside the one it changes. */
  | (Deed & {
      readonly kind: 'command';
      readonly type: string;
      readonly ref: string;
      readonly name: string;
      readonly body?: Body;
      readonly makes?: { readonly type: string; readonly ref: string };
    })
  | (Deed & { readonly kind: 'note'; readonly type: string; readonly ref: string; readonly text: string })
  /** Starts to work on his oldest new lead. */
  | (Deed & { readonly kind: 'takeUp' })
  /** Says of the customer who has been silent longest that he is lost. */
  | (Deed & { readonly kind: 'giveUp' })
  | { readonly kind: 'post'; readonly language: Language; readonly answers: Readonly<Record<string, string>> };

/** What happens on one day, at one moment of it. A record is written once in it, or the next step would not know of what. */
export interface Scene {
  /** 1 = yesterday; 0 = now. */
  readonly daysAgo: number;
  readonly steps: readonly Step[];
}

export const create = (by: string, type: string, ref: string, body: Body): Step => ({ kind: 'create', by, type, ref, body });
export const update = (by: string, type: string, ref: string, body: Body): Step => ({ kind: 'update', by, type, ref, body });
type Command = Extract<Step, { kind: 'command' }>;
export const command = (by: string, type: string, ref: string, name: string, more: Pick<Command, 'body' | 'makes'> = {}): Step => ({
  kind: 'command',
  by,
  type,
  ref,
  name,
  ...more,
});

/** The place in a list that is dealt round. */
export const at = <T>(list: readonly T[], n: number): T => list[n % list.length]!;

/**
 * Days ago at which a scene is told: each costs a move of the clock and what a morning brings, so they lie the further
 * apart the longer ago they are.
 */
const SCENE_DAYS = [
  ...Array.from({ length: 14 }, (_, n) => n + 1),
  ...Array.from({ length: 6 }, (_, n) => 16 + 2 * n),
  ...Array.from({ length: 12 }, (_, n) => 28 + 3 * n),
];

/** The day of the first scene on or after a day that lies so far back. */
export const sceneDay = (daysAgo: number): number => SCENE_DAYS.findLast((day) => day <= daysAgo) ?? 1;
/** The day of the scene after that one. */
export const nextSceneDay = (daysAgo: number): number => sceneDay(sceneDay(daysAgo) - 1);
