import { m } from '#messages';
import { addErrorWords } from '../kernel/errors.ts';
import { addIssueWords } from '../kernel/issues.ts';

// What the server refuses about activities; their screens import these words.
addErrorWords({ 'activity.closed': () => m.activities_refused_closed() });
addIssueWords({
  'activity.time.endBeforeStart': () => m.activities_refused_end(),
  'activity.time.notEnded': () => m.activities_refused_not_ended(),
  'activity.time.notBegun': () => m.activities_refused_not_begun(),
  'activity.cycle.noTime': () => m.activities_refused_cycle_time(),
  'activity.cycle.closed': () => m.activities_refused_cycle_closed(),
});
