/**
 * The Lambda functions of the product: what starts each one, what it weighs, what it may touch.
 * Template, bundles, local host and tests all read this table. A right brings its environment variables with it
 * (infra/functions.ts), so that no function knows a name it may not use.
 */
export interface Entry {
  /** Folder of the bundle and base of the construct's id. */
  readonly name: string;
  /** Source, from the root of the repository. */
  readonly file: string;
  readonly trigger: Trigger;
  readonly memoryMb: number;
  readonly timeoutSeconds: number;
  readonly uses: Uses;
}

type Trigger =
  | { readonly kind: 'http'; readonly routes: readonly Route[] }
  /** The table's stream, only records (`sk = A`). */
  | { readonly kind: 'stream' }
  | QueueTrigger
  /** Once a minute, with the payload `{"time": "<scheduled instant>"}`. */
  | { readonly kind: 'tick' }
  /** Bounces and complaints, from SES by SNS. */
  | { readonly kind: 'mailEvents' }
  /** Invoked by the operator alone. */
  | { readonly kind: 'operator' };

export interface QueueTrigger {
  readonly kind: 'queue';
  readonly queue: QueueName;
  readonly batchSize: number;
  readonly maxConcurrency: number;
}

/** One path of the HTTP API, all methods; the handler's own router tells them apart. */
interface Route {
  readonly path: string;
  /** False: no access token is asked for, the handler protects itself. */
  readonly token: boolean;
}

export const queueNames = ['mail', 'effects', 'jobs'] as const;
export type QueueName = (typeof queueNames)[number];

interface Uses {
  /** Patterns of the partition keys it may read and write → TABLE_NAME. */
  readonly table?: readonly KeyPattern[];
  /** Queues it may send to → MAIL_QUEUE_URL, EFFECTS_QUEUE_URL, JOBS_QUEUE_URL. */
  readonly queues?: readonly QueueName[];
  /** Files beside records; 'exchange' lets browsers send and fetch them, 'remove' takes them away → FILES_BUCKET. */
  readonly files?: 'exchange' | 'remove';
  /** Batches of the stream that failed for good, in their own bucket; 'read' (and remove) → FAILED_BATCHES_BUCKET. */
  readonly failedBatches?: 'write' | 'read';
  /** Actions on the user pool, without prefix → USER_POOL_ID, USER_POOL_CLIENT_ID. */
  readonly users?: readonly string[];
  /** → USER_POOL_CLIENT_SECRET */
  readonly clientSecret?: true;
  /** May send mail from the one address → MAIL_FROM, MAIL_CONFIGURATION_SET. */
  readonly mail?: true;
  /** Plain values. */
  readonly settings?: readonly SettingName[];
}

/** A tenant's items · public keys that lead to a tenant · due work of all tenants. */
export type KeyPattern = 'T#*' | 'P#*' | 'W#*';

/** The site's origin · who may sign up · the header value by which CloudFront proves itself. */
type SettingName = 'PUBLIC_URL' | 'SIGN_UP' | 'EDGE_SECRET';

const tenantKeys = ['T#*', 'P#*'] as const;
const systemKeys = ['T#*', 'P#*', 'W#*'] as const;

/** A list and everything below it. */
const plurals = (...names: string[]): Route[] =>
  names.flatMap((name) => [
    { path: `/api/v1/${name}`, token: true },
    { path: `/api/v1/${name}/{proxy+}`, token: true },
  ]);
const open = (...paths: string[]): Route[] => paths.map((path) => ({ path, token: false }));

export const entries: readonly Entry[] = [
  {
    name: 'customers',
    file: 'functions/customers/http.ts',
    trigger: { kind: 'http', routes: plurals('customers', 'contacts') },
    memoryMb: 512,
    timeoutSeconds: 15,
    uses: { table: tenantKeys, files: 'exchange', queues: ['jobs'], settings: ['EDGE_SECRET'] },
  },
  {
    name: 'leads',
    file: 'functions/leads/http.ts',
    trigger: {
      kind: 'http',
      routes: [...plurals('leads', 'submissions', 'web-forms'), ...open('/api/v1/public/forms/{proxy+}', '/f/{proxy+}')],
    },
    memoryMb: 512,
    timeoutSeconds: 15,
    uses: { table: tenantKeys, files: 'exchange', queues: ['jobs'], settings: ['PUBLIC_URL', 'EDGE_SECRET'] },
  },
  {
    name: 'sales',
    file: 'functions/sales/http.ts',
    trigger: { kind: 'http', routes: plurals('opportunities', 'products', 'orders') },
    memoryMb: 512,
    timeoutSeconds: 15,
    uses: { table: tenantKeys, files: 'exchange', settings: ['EDGE_SECRET'] },
  },
  {
    name: 'activities',
    file: 'functions/activities/http.ts',
    trigger: { kind: 'http', routes: plurals('activities') },
    memoryMb: 512,
    timeoutSeconds: 15,
    uses: { table: tenantKeys, files: 'exchange', settings: ['EDGE_SECRET'] },
  },
  {
    name: 'insight',
    file: 'functions/insight/http.ts',
    trigger: { kind: 'http', routes: [...plurals('digests', 'churn-warnings', 'figures'), ...open('/api/v1/public/digests/{proxy+}')] },
    memoryMb: 512,
    timeoutSeconds: 15,
    uses: { table: tenantKeys, settings: ['EDGE_SECRET'] },
  },
  {
    name: 'workspace',
    file: 'functions/workspace/http.ts',
    trigger: {
      kind: 'http',
      routes: [
        ...plurals(
          'workspaces',
          'members',
          'roles',
          'departments',
          'applications',
          'custom-fields',
          'value-lists',
          'record-forms',
          'pipelines',
          'notifications',
          'jobs',
          'saved-views',
          'shared-views',
          'news',
          'news-drafts',
        ),
        ...plurals('session', 'changes', 'search', 'audit', 'bin'),
        ...open('/api/v1/health', '/logos/{proxy+}'),
      ],
    },
    memoryMb: 512,
    timeoutSeconds: 15,
    uses: {
      table: tenantKeys,
      files: 'exchange',
      queues: ['mail', 'jobs'],
      settings: ['PUBLIC_URL', 'EDGE_SECRET'],
    },
  },
  {
    name: 'auth',
    file: 'functions/workspace/auth.ts',
    trigger: {
      kind: 'http',
      routes: [...open('/api/v1/auth/{proxy+}'), { path: '/api/v1/members/{id}/reset-two-step', token: true }],
    },
    memoryMb: 512,
    timeoutSeconds: 15,
    uses: {
      table: tenantKeys,
      queues: ['mail'],
      users: [
        'AdminInitiateAuth',
        'AdminRespondToAuthChallenge',
        'AdminCreateUser',
        'AdminSetUserPassword',
        'AdminSetUserMFAPreference',
        'AdminGetUser',
        'AdminUserGlobalSignOut',
      ],
      clientSecret: true,
      settings: ['PUBLIC_URL', 'SIGN_UP', 'EDGE_SECRET'],
    },
  },
  {
    name: 'changes-stream',
    file: 'functions/workspace/changes.stream.ts',
    trigger: { kind: 'stream' },
    memoryMb: 512,
    timeoutSeconds: 60,
    uses: { table: systemKeys, queues: ['effects'], failedBatches: 'write' },
  },
  {
    name: 'effects-queue',
    file: 'functions/workspace/effects.queue.ts',
    trigger: { kind: 'queue', queue: 'effects', batchSize: 10, maxConcurrency: 5 },
    memoryMb: 512,
    timeoutSeconds: 30,
    uses: { table: tenantKeys, files: 'remove', queues: ['mail'], settings: ['PUBLIC_URL'] },
  },
  {
    name: 'mail-queue',
    file: 'functions/workspace/mail.queue.ts',
    // Two at a time: the account's send rate is the limit, not ours.
    trigger: { kind: 'queue', queue: 'mail', batchSize: 10, maxConcurrency: 2 },
    memoryMb: 256,
    timeoutSeconds: 60,
    uses: { table: tenantKeys, queues: ['mail'], mail: true },
  },
  {
    name: 'jobs-queue',
    file: 'functions/insight/jobs.queue.ts',
    // One reader's digest or one chunk of a rebuild is a unit of its own.
    trigger: { kind: 'queue', queue: 'jobs', batchSize: 1, maxConcurrency: 5 },
    memoryMb: 512,
    timeoutSeconds: 60,
    uses: { table: systemKeys, files: 'exchange', queues: ['mail', 'effects', 'jobs'], settings: ['PUBLIC_URL'] },
  },
  {
    name: 'tick',
    file: 'functions/workspace/tick.scheduled.ts',
    trigger: { kind: 'tick' },
    memoryMb: 256,
    timeoutSeconds: 50,
    uses: { table: systemKeys, queues: ['jobs'] },
  },
  {
    name: 'mail-events',
    file: 'functions/workspace/mailEvents.ts',
    trigger: { kind: 'mailEvents' },
    memoryMb: 256,
    timeoutSeconds: 15,
    uses: { table: tenantKeys },
  },
  {
    name: 'maintenance',
    file: 'functions/workspace/maintenance.ts',
    trigger: { kind: 'operator' },
    memoryMb: 512,
    timeoutSeconds: 900,
    uses: { table: systemKeys, queues: ['effects', 'jobs'], failedBatches: 'read' },
  },
];
