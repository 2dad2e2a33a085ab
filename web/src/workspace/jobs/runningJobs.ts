import { isOpenJob, type Job } from '../../../../shared/workspace/job.ts';
import { replica } from '../../kernel/replica.svelte.ts';

/** How many jobs of this person are on their way, as far as they have been asked for already: nothing is read for it. Reactive. */
export const runningJobs = (): number =>
  (replica.known('job')?.rows ?? []).filter((row) => isOpenJob(row as unknown as Pick<Job, 'state'>)).length;
