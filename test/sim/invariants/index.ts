import { refusalsAreTrue, replicasAreTrue, toldIsTrue } from './callers.ts';
import { demosAreCleared } from './clearings.ts';
import { conversionsAreWhole, postsAreSubmissions } from './commands.ts';
import { countersAreExact, directoryMatchesRecords, markersAreNotTaken, markersMatchRecords, searchRowsMatchRecords } from './derived.ts';
import { cyclesGoOn, dealsHaveTheirOrders } from './deals.ts';
import type { Invariant } from './facts.ts';
import { bytesGoWithTheirFiles, filesAreWhole } from './files.ts';
import { handoversAreTold } from './handovers.ts';
import { notesAreKept } from './notes.ts';
import { remindersCome } from './reminders.ts';
import { digestsAreKept, mailsAreSentOnce, notificationsMatchEffects } from './tidings.ts';
import { feedIsDense, historyTellsTheRecord, versionsAreDense } from './past.ts';
import { warningsAreListed, warningsAreTrue } from './warnings.ts';

/** What must hold of every workspace once everything has come to rest. */
export const INVARIANTS: Readonly<Record<string, Invariant>> = {
  versionsAreDense,
  historyTellsTheRecord,
  feedIsDense,
  countersAreExact,
  markersMatchRecords,
  markersAreNotTaken,
  searchRowsMatchRecords,
  directoryMatchesRecords,
  toldIsTrue,
  refusalsAreTrue,
  replicasAreTrue,
  postsAreSubmissions,
  conversionsAreWhole,
  dealsHaveTheirOrders,
  cyclesGoOn,
  notesAreKept,
  notificationsMatchEffects,
  mailsAreSentOnce,
  digestsAreKept,
  remindersCome,
  filesAreWhole,
  bytesGoWithTheirFiles,
  warningsAreTrue,
  warningsAreListed,
  demosAreCleared,
  handoversAreTold,
};
