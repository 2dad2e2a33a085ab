import type { Activity } from '../../../shared/activities/activity.ts';
import type { AnyRecord } from '../../../shared/kernel/record.ts';

/** What was just logged, and with which record: its outcome may still be written there. */
export interface Logged {
  readonly activityId: string;
  readonly recordId: string;
  readonly type: Activity['type'];
}

/** Which dialog of the daily work is open, and about what. `WorkHost` shows them. */
class Work {
  logging = $state.raw<AnyRecord | undefined>();
  /** `record` absent: about nobody in particular. */
  planning = $state.raw<{ readonly record?: AnyRecord; readonly type?: Activity['type'] } | undefined>();
  completing = $state.raw<Activity | undefined>();
  logged = $state.raw<Logged | undefined>();

  log(record: AnyRecord): void {
    this.logging = record;
  }

  plan(record?: AnyRecord, type?: Activity['type']): void {
    this.logging = undefined;
    this.planning = { ...(record ? { record } : {}), ...(type ? { type } : {}) };
  }

  complete(activity: Activity): void {
    this.completing = activity;
  }
}

export const work = new Work();
