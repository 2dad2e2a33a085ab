import { CfnOutput, Stack, type App } from 'aws-cdk-lib/core';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { LambdaSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { createAlarms } from './alarms.ts';
import { createDashboard } from './dashboard.ts';
import type { DataStack } from './dataStack.ts';
import { createFunctions, type Functions } from './functions.ts';
import { addRoutes, createHttpApi } from './httpApi.ts';
import { createMail, type Mail } from './mail.ts';
import { createMetrics } from './metrics.ts';
import { connectQueue, createQueues, type Queues } from './queues.ts';
import type { Settings } from './settings.ts';
import { createSite, type Site } from './site.ts';
import { connectStream } from './stream.ts';
import { scheduleTick } from './tick.ts';
import { createUserPoolClient } from './userPool.ts';

/**
 * Everything that can be made again from this repository.
 * @param codeDir  the bundles of the functions
 */
export function createAppStack(app: App, settings: Settings, data: DataStack, codeDir: string): Stack {
  const stack = new Stack(app, `${settings.name}-app`, {
    description: 'Regulars: site, API, functions, queues, mail, alarms',
  });
  const client = createUserPoolClient(stack, data.userPool);
  const queues = createQueues(stack);
  const mail = createMail(stack, settings);
  const api = createHttpApi(stack);
  const site = createSite(stack, api, data.files, settings);
  const { publicUrl, edgeSecret } = site;
  const functions = createFunctions(stack, codeDir, { settings, data, client, queues, mail, publicUrl, edgeSecret });

  addRoutes(api, functions, data.userPool, client);
  connect(stack, functions, { data, queues, mail });

  const metrics = createMetrics({ api, functions, queues, table: data.table });
  createDashboard(stack, metrics, createAlarms(stack, metrics, settings.owner));
  addOutputs(stack, site, mail, functions);
  return stack;
}

/** Gives each function that HTTP does not start its trigger. */
function connect(stack: Stack, functions: Functions, { data, queues, mail }: { data: DataStack; queues: Queues; mail: Mail }): void {
  for (const [{ trigger }, fn] of functions) {
    switch (trigger.kind) {
      case 'stream':
        connectStream(fn, data);
        break;
      case 'queue':
        connectQueue(fn, queues[trigger.queue], trigger);
        break;
      case 'tick':
        scheduleTick(stack, fn);
        break;
      case 'mailEvents':
        mail.events.addSubscription(new LambdaSubscription(fn));
        break;
      case 'http':
      case 'operator':
        break;
      default:
        trigger satisfies never;
    }
  }
}

/** What the deploy command and the operator need to know. */
function addOutputs(stack: Stack, site: Site, mail: Mail, functions: Functions): void {
  const output = (id: string, value: string, description: string) => new CfnOutput(stack, id, { value, description });
  output('Url', site.publicUrl, 'Where people go');
  output('Region', stack.region, 'Where it runs');
  output('SiteBucket', site.bucket.bucketName, 'Where the deploy command puts the files of the site');
  output('SiteAddress', site.distribution.distributionDomainName, 'Target of the CNAME of an own domain');
  output('Maintenance', operatorFunction(functions).functionName, 'Function for redrive and rebuild');
  mail.identity.dkimRecords.forEach(({ name, value }, n) => {
    output(`Dkim${n + 1}`, `${name} CNAME ${value}`, 'DNS record by which SES knows the domain is yours');
  });
}

function operatorFunction(functions: Functions): LambdaFunction {
  for (const [{ trigger }, fn] of functions) if (trigger.kind === 'operator') return fn;
  throw new Error('no function for the operator');
}
