import { Validations, type App, type Stack } from 'aws-cdk-lib/core';
import { AwsSolutionsChecks } from 'cdk-nag';
import type { IConstruct } from 'constructs';

interface Explanation {
  readonly stack: 'data' | 'app';
  /** Path of the construct inside its stack. */
  readonly at: string;
  /** Rule of cdk-nag's AwsSolutions pack, with the finding where the rule knows several. */
  readonly rule: string;
  readonly because: string;
}

const noServerLogs =
  'Server access logs would keep client addresses, and cost more than they tell: only signed requests, the functions and CloudFront reach a bucket.';

/** Routes without an access token, each protected in another way. */
const openRoutes: Readonly<Record<string, string>> = {
  '/api/v1/auth/{proxy+}': 'Here a token is fetched: Origin is checked, attempts are budgeted by account and address.',
  '/api/v1/public/digests/{proxy+}': 'A mail program stops the digest by one click: a signed token, good for that alone.',
  '/api/v1/public/forms/{proxy+}': 'Visitors of any website send a form: budgets by form and address, honeypot, no reading.',
  '/f/{proxy+}': 'Hosted forms and their thanks page, for everybody.',
  '/logos/{proxy+}': 'Companies’ logos, which pages before signing in and mails show: names that nobody guesses, nothing else.',
  '/api/v1/health': 'Answers "ok" and reads no record.',
};

/** @param dataStackName  exports of that stack are part of a finding's name */
export const explanations = (dataStackName: string): Explanation[] => {
  const failedBatches = `Resource::${dataStackName}:ExportsOutputFnGetAttFailedBatches983C92ECArnCC01FDBE/*`;
  const files = `Resource::${dataStackName}:ExportsOutputFnGetAttFiles8E6940B8ArnD8EE6C03/*`;
  return [
    {
      stack: 'data',
      at: 'UserPool',
      rule: 'COG1',
      because: 'Twelve characters of any kind: NIST SP 800-63B advises length and advises against composition rules.',
    },
    {
      stack: 'data',
      at: 'UserPool',
      rule: 'COG2',
      because: 'A second factor (TOTP) is each member’s choice; small businesses cannot all be made to carry one.',
    },
    {
      stack: 'data',
      at: 'UserPool',
      rule: 'COG8',
      because: 'Plus costs per active user; our own budgets per account and address slow guessing down.',
    },
    { stack: 'data', at: 'Files', rule: 'S1', because: noServerLogs },
    { stack: 'data', at: 'FailedBatches', rule: 'S1', because: noServerLogs },
    { stack: 'app', at: 'Site', rule: 'S1', because: noServerLogs },
    {
      stack: 'app',
      at: 'Distribution',
      rule: 'CFR1',
      because: 'A business may have customers in any country.',
    },
    {
      stack: 'app',
      at: 'Distribution',
      rule: 'CFR2',
      because: 'WAF costs from 6 USD a month while nobody works; the API is throttled, public routes have budgets.',
    },
    {
      stack: 'app',
      at: 'Distribution',
      rule: 'CFR3',
      because: 'CloudFront’s logs keep client addresses; the API’s own log has route, status and time.',
    },
    {
      stack: 'app',
      at: 'Distribution',
      rule: 'CFR4',
      because: 'The certificate of *.cloudfront.net fixes the minimum; a deployment with an own domain asks for TLS 1.2.',
    },
    {
      stack: 'app',
      at: 'ChangesStreamRole',
      rule: `IAM5[${failedBatches}]`,
      because: 'Lambda names the objects; the bucket holds nothing but failed batches.',
    },
    {
      stack: 'app',
      at: 'MaintenanceRole',
      rule: `IAM5[${failedBatches}]`,
      because: 'The redrive reads and removes whatever failed; the bucket holds nothing else.',
    },
    ...['Customers', 'Leads', 'Sales', 'Activities', 'Workspace', 'JobsQueue', 'EffectsQueue'].map((name): Explanation => ({
      stack: 'app',
      at: `${name}Role`,
      rule: `IAM5[${files}]`,
      because: 'Files are sent, made and fetched one object at a time; its key is made of workspace and record.',
    })),
    {
      stack: 'app',
      at: 'MailQueueRole',
      rule: 'IAM5[Resource::arn:<AWS::Partition>:ses:<AWS::Region>:<AWS::AccountId>:identity/*]',
      because: 'In the sandbox SES also asks for the recipient’s identity; a condition allows one sender address only.',
    },
    {
      stack: 'app',
      at: 'MailQueueRole',
      rule: 'IAM5[Resource::*]',
      because: 'ses:GetAccount (send rate and quota) knows no resource.',
    },
    {
      stack: 'app',
      at: 'SchedulerRoleForTarget-2cd347',
      rule: 'IAM5[Resource::<TickFunction09FBBC56.Arn>:*]',
      because: 'Versions of the one function, as the library writes it; there are none.',
    },
    ...Object.entries(openRoutes).map(([path, because]): Explanation => ({
      stack: 'app',
      at: `Api/ANY${path.replaceAll('/', '--')}`,
      rule: 'APIG4',
      because,
    })),
  ];
};

/** Lets synthesis fail on every finding of AWS's own rules that is not explained above. */
export function checkFindings(app: App, stacks: { readonly data: Stack; readonly app: Stack }): void {
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  for (const { stack, at, rule, because } of explanations(stacks.data.stackName)) {
    const construct = at.split('/').reduce<IConstruct>((parent, id) => parent.node.findChild(id), stacks[stack]);
    Validations.of(construct).acknowledge({ id: `AwsSolutions::AwsSolutions-${rule}`, reason: because });
  }
}
