/**
 * Routes that are not the generic ones of a record type: one line for each, saying who may call it. The matrix fails on
 * a route without a line, and on a line without a route.
 */
import { oneOfEach, type Probe, type Prober } from './probes.ts';
import { may, mayWrite, type Whose } from './rights.ts';
import { TITLED } from './world.ts';

/** Open to the whole world: what they protect themselves with is tested beside their domain. */
export const PUBLIC: ReadonlySet<string> = new Set([
  'GET /health',
  'POST /public/forms/{formId}',
  'POST /public/digests/stop/{token}',
  'GET /f/{formId}/thanks',
  'POST /auth/sign-up',
  'POST /auth/sign-in',
  'POST /auth/refresh',
  'POST /auth/sign-out',
  'POST /auth/sign-out-everywhere',
  'POST /auth/forgot',
  'POST /auth/reset',
  'POST /auth/accept-invite',
  'POST /auth/invitation',
  'POST /auth/application-page',
  'POST /auth/apply',
  'POST /auth/confirm-application',
  'GET /logos/{file}',
  'POST /auth/sessions/list',
  'POST /auth/sessions/end',
  'POST /auth/sessions/end-others',
  'POST /auth/two-step/read',
  'POST /auth/two-step/begin',
  'POST /auth/two-step/confirm',
  'POST /auth/two-step/end',
  'POST /auth/two-step/recovery-codes',
]);

const everybody =
  (path: string): Prober =>
  () => [{ method: 'GET', path, what: 'himself', open: true }];

/** Changes the lead, and makes a customer and a contact for its owner; one of nobody's for whoever converts it. */
const converted: Prober = (world, role) =>
  oneOfEach(world, role, 'lead').map(({ seed, whose }) => {
    const makes =
      may(role, 'C', 'customers', whose) || (may(role, 'C', 'customers') && (!seed.holder || may(role, 'A', 'customers', whose)));
    return {
      ...{ method: 'POST', path: `/leads/${seed.id}/convert`, body: {}, headers: { 'if-match': '999999' }, what: whose },
      open: may(role, 'U', 'leads', whose) && mayWrite(role, 'leads', 'status') && makes,
    };
  });

/** A command that changes one opportunity or order, from a version nobody has seen. */
const commanded =
  (type: 'opportunity' | 'order', path: string, body: unknown = {}): Prober =>
  (world, role) =>
    oneOfEach(world, role, type).map(({ seed, whose }) => ({
      ...{ method: 'POST', path: path.replace('{id}', seed.id), body, headers: { 'if-match': '999999' }, what: whose },
      open: may(role, 'U', 'sales', whose),
    }));

/** Reads the deal and makes one of one's own; under an id that is taken. */
const cloned: Prober = (world, role) =>
  oneOfEach(world, role, 'opportunity').map(({ seed, whose }) => ({
    ...{ method: 'POST', path: `/opportunities/${seed.id}/clone`, body: { id: seed.id }, what: whose },
    open: may(role, 'R', 'sales', whose) && may(role, 'C', 'sales'),
  }));

const stayed: Prober = (world, role) =>
  oneOfEach(world, role, 'opportunity').map(({ seed, whose }) => ({
    ...{ method: 'GET', path: `/opportunities/${seed.id}/stages`, what: whose },
    open: may(role, 'R', 'sales', whose),
  }));

/** A command that changes one activity; closing also makes what follows, for its owner. */
const activityCommand =
  (command: string): Prober =>
  (world, role) =>
    oneOfEach(world, role, 'activity').map(({ seed, whose }) => ({
      ...{ method: 'POST', path: `/activities/${seed.id}/${command}`, body: {}, headers: { 'if-match': '999999' }, what: whose },
      open: may(role, 'U', 'activities', whose),
    }));

/** What somebody does about one churn warning, from a version nobody has seen. */
const warned =
  (step: string, body: unknown = {}): Prober =>
  (world, role) =>
    oneOfEach(world, role, 'churnWarning').map(({ seed, whose }) => ({
      ...{ method: 'POST', path: `/churn-warnings/${seed.id}/${step}`, body, headers: { 'if-match': '999999' }, what: whose },
      open: may(role, 'U', 'customers', whose) && mayWrite(role, 'customers', 'status'),
    }));

/** His own day, and that of a colleague of each relation. */
const dayOf: Prober = (world, role) =>
  oneOfEach(world, role, 'member').map(({ seed, whose }) => ({
    ...{ method: 'GET', path: `/activities/my-day?owner=${seed.id}`, what: whose },
    open: may(role, 'R', 'activities', whose),
  }));

/** Who decides about people. Permitted attempts end at what the command asks next: a body, or who is meant. */
const decides = (role: string): boolean => may(role, 'U', 'setup');
const invited: Prober = (_world, role) => [
  { method: 'POST', path: '/members/invite', body: {}, what: 'without an address', open: decides(role) },
];
/** `others`: whether it may be tried on somebody else without changing the world. */
const people =
  (command: string, others: boolean): Prober =>
  (world, role) =>
    oneOfEach(world, role, 'member')
      .filter(({ whose }) => others || !decides(role) || whose === 'own' || whose === 'rival')
      .map(({ seed, whose }) => ({
        ...{ method: 'POST', path: `/members/${seed.id}/${command}`, body: {}, what: whose },
        open: decides(role) && whose !== 'rival',
      }));

/** Everybody sees himself at least; of whom else is tested beside the command. */
const signIns: Prober = () => [{ method: 'GET', path: '/members/sign-ins', what: 'in his reach', open: true }];

/** Of himself, of more and more people, and of single ones. */
const figures: Prober = (world, role) => {
  const attempt = (scope: string, whose: Whose, what: string): Probe => ({
    ...{ method: 'GET', path: `/figures?scope=${scope}`, what },
    open: may(role, 'R', 'reports', whose),
  });
  return [
    ...Object.entries({ me: 'own', team: 'team', span: 'span', all: 'other' } as const).map(([scope, whose]) =>
      attempt(scope, whose, scope),
    ),
    ...oneOfEach(world, role, 'member').map(({ seed, whose }) => attempt(seed.id, whose, `of ${whose}`)),
  ];
};

/** The workspace is no demo: whoever may set it up hears that. */
/** What is permitted ends at what it asks next: a body. */
const ofWorkspace =
  (method: string, rest: string): Prober =>
  (world, role) =>
    oneOfEach(world, role, 'workspace').map(({ seed, whose }) => ({
      ...{ method, path: `/workspaces/${seed.id}/${rest}`, what: whose, ...(method === 'POST' ? { body: {} } : {}) },
      open: may(role, 'U', 'setup', whose),
    }));
/** Of a rival's nobody hears; of his own, whoever decides about people. */
const decided =
  (decision: string): Prober =>
  (world, role) =>
    oneOfEach(world, role, 'application').map(({ seed, whose }) => ({
      ...{ method: 'POST', path: `/applications/${seed.id}/${decision}`, body: { unknown: true }, what: whose },
      open: decides(role) && whose !== 'rival',
    }));

const demo: (method: string) => Prober = (method) => (world, role) =>
  oneOfEach(world, role, 'workspace').map(({ seed, whose }) => ({
    ...{ method, path: `/workspaces/${seed.id}/clear-demo`, what: whose },
    open: may(role, 'U', 'setup', whose),
  }));

/** Of a stage that the pipeline has not. */
const stageRemoval: (method: string) => Prober = (method) => (world, role) =>
  oneOfEach(world, role, 'pipeline').map(({ seed, whose }) => ({
    ...{ method, path: `/pipelines/${seed.id}/remove-stage`, what: whose },
    ...(method === 'POST' ? { body: { stage: 'none', movesTo: 'none' }, headers: { 'if-match': '1' } } : {}),
    open: may(role, 'U', 'setup', whose),
  }));

/** Publishes a draft, from a version nobody has seen. */
const published: Prober = (world, role) =>
  oneOfEach(world, role, 'newsDraft').map(({ seed, whose }) => ({
    ...{ method: 'POST', path: `/news-drafts/${seed.id}/publish`, body: {}, headers: { 'if-match': '999999' }, what: whose },
    open: may(role, 'U', 'drafts', whose),
  }));

/** Who sets the workspace up removes its roles and departments; tried with a body that no one sends. */
const placed =
  (type: 'role' | 'department', method: string, rest: string): Prober =>
  (world, role) =>
    oneOfEach(world, role, type).map(({ seed, whose }) => ({
      ...{ method, path: `/${type}s/${seed.id}/${rest}`, what: whose },
      ...(method === 'POST' ? { body: { unknown: true }, headers: { 'if-match': '999999' } } : {}),
      open: may(role, 'D', 'setup', whose),
    }));

/** Of himself, of everybody in turn; a hand-over is tried without whom it goes to. */
const handedOver =
  (method: string, rest: string): Prober =>
  (world, role) =>
    oneOfEach(world, role, 'member').map(({ seed, whose }) => ({
      ...{ method, path: `/members/${seed.id}/hand-over${rest}`, what: whose },
      ...(method === 'POST' ? { body: {} } : {}),
      open: decides(role) && whose !== 'rival',
    }));

/** Those who take records away as a file: stated here, since no other route asks for it. Under an id that is taken. */
const EXPORTERS = ['owner', 'administrator', 'vicePresident', 'salesManager'];
const exported: Prober = ({ rivals, seeds }, role) => {
  const taken = [...seeds, ...rivals].find(({ type }) => type === 'job')!.id;
  const body = { id: taken, recordType: 'customer', format: 'csv', name: 'Customers', columns: ['name'], locale: 'en' };
  return [{ method: 'POST', path: '/jobs/export', body, what: 'customers', open: EXPORTERS.includes(role) }];
};
/** What a browser tells of a file that it makes. */
const exportNoted: Prober = (_world, role) => {
  const body = { id: 'aud_01KJPWD6M0081040G2081040G2', recordType: 'customer', count: 1 };
  return [{ method: 'POST', path: '/audit/exports', body, what: 'customers', open: EXPORTERS.includes(role) }];
};
const onJobs =
  (command: string): Prober =>
  (world, role) =>
    oneOfEach(world, role, 'job').map(({ seed, whose }) => ({
      ...{ method: 'POST', path: `/jobs/${seed.id}/${command}`, body: {}, what: whose },
      open: may(role, 'U', 'mine', whose),
    }));

/** Open to every member of the workspace, or to those of a column's letter. */
export const OTHERS: Readonly<Record<string, Prober>> = {
  'POST /leads/{id}/convert': converted,
  'POST /opportunities/{id}/close': commanded('opportunity', '/opportunities/{id}/close', { outcome: 'lost', reasons: ['price'] }),
  'POST /opportunities/{id}/reopen': commanded('opportunity', '/opportunities/{id}/reopen'),
  'POST /opportunities/{id}/clone': cloned,
  'POST /opportunities/{id}/order': commanded('opportunity', '/opportunities/{id}/order'),
  'GET /opportunities/{id}/stages': stayed,
  'POST /orders/{id}/confirm': commanded('order', '/orders/{id}/confirm'),
  'POST /orders/{id}/close': commanded('order', '/orders/{id}/close'),
  'POST /orders/{id}/cancel': commanded('order', '/orders/{id}/cancel'),
  'GET /activities/my-day': dayOf,
  'POST /activities/{id}/complete': activityCommand('complete'),
  'POST /activities/{id}/cancel': activityCommand('cancel'),
  'POST /activities/{id}/reopen': activityCommand('reopen'),
  'POST /churn-warnings/{id}/acknowledge': warned('acknowledge'),
  'POST /churn-warnings/{id}/snooze': warned('snooze', { until: '2026-06-01' }),
  'POST /churn-warnings/{id}/close': warned('close', { outcome: 'kept' }),
  'POST /churn-warnings/{id}/reopen': warned('reopen'),
  'POST /members/invite': invited,
  'POST /members/{id}/invite-again': people('invite-again', true),
  'POST /members/{id}/disable': people('disable', false),
  'POST /members/{id}/enable': people('enable', true),
  // Nobody there signs in by two steps: what is permitted finds nothing to take away.
  'POST /members/{id}/reset-two-step': people('reset-two-step', true),
  'GET /members/sign-ins': signIns,
  'GET /audit': (_world, role) => [{ method: 'GET', path: '/audit', what: 'the log', open: may(role, 'U', 'setup') }],
  'POST /workspaces/{id}/applications': ofWorkspace('POST', 'applications'),
  'POST /workspaces/{id}/logo': ofWorkspace('POST', 'logo'),
  'DELETE /workspaces/{id}/logo': ofWorkspace('DELETE', 'logo'),
  'POST /applications/{id}/approve': decided('approve'),
  'POST /applications/{id}/decline': decided('decline'),
  'GET /roles/{id}/remove': placed('role', 'GET', 'remove'),
  'POST /roles/{id}/remove': placed('role', 'POST', 'remove'),
  'POST /roles/{id}/bring-back': placed('role', 'POST', 'bring-back'),
  'GET /departments/{id}/remove': placed('department', 'GET', 'remove'),
  'POST /departments/{id}/remove': placed('department', 'POST', 'remove'),
  'POST /departments/{id}/bring-back': placed('department', 'POST', 'bring-back'),
  'GET /members/{id}/hand-over': handedOver('GET', ''),
  'POST /members/{id}/hand-over': handedOver('POST', ''),
  'POST /members/{id}/hand-over/take-back': handedOver('POST', '/take-back'),
  'POST /workspaces/{id}/clear-demo': demo('POST'),
  'GET /workspaces/{id}/clear-demo': demo('GET'),
  'POST /pipelines/{id}/remove-stage': stageRemoval('POST'),
  'GET /pipelines/{id}/remove-stage': stageRemoval('GET'),
  'POST /news-drafts/{id}/publish': published,
  'POST /jobs/export': exported,
  'POST /audit/exports': exportNoted,
  'POST /jobs/{id}/cancel': onJobs('cancel'),
  'POST /jobs/{id}/download': onJobs('download'),
  'GET /figures': figures,
  'GET /session': everybody('/session'),
  'PATCH /session/marks': () => [{ method: 'PATCH', path: '/session/marks', body: {}, what: 'his own', open: true }],
  'GET /changes': everybody('/changes?since=0'),
  'GET /bin': everybody('/bin'),
  'GET /search': everybody(`/search?q=${TITLED}`),
};
