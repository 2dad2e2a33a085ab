import { existsSync } from 'node:fs';
import path from 'node:path';
import { entries } from '../../entries.ts';
import { createFunction, type LambdaFunction } from '../lambda/lambdaFunction.ts';
import type { HostLog } from '../log.ts';
import { cloud, credentials } from './cloud.ts';
import type { Stacks } from './stacks.ts';

export interface Functions {
  /** By the name of their entry. */
  byEntry: ReadonlyMap<string, LambdaFunction>;
  /** By ARN or name. @throws Error when there is none */
  find(arnOrName: string): LambdaFunction;
  /** Undefined for one whose source has not been written: nothing starts it. */
  findRunnable(arnOrName: string): LambdaFunction | undefined;
  close(): Promise<void>;
}

interface FunctionProperties {
  Description?: string;
  Handler: string;
  MemorySize?: number;
  Timeout?: number;
  ReservedConcurrentExecutions?: number;
  Environment?: { Variables?: Record<string, string> };
}

/**
 * The functions of the template, each with its pool of sandboxes.
 * @param options.functionsDir  bundles by entry; absent: the assets of the assembly
 * @param options.endpoints  values of AWS_ENDPOINT_URL_<SERVICE>, by service
 * @param options.environment  in place of the template's values, where a function has the variable
 */
export function deployFunctions(
  stacks: Stacks,
  options: {
    templateDir: string;
    functionsDir?: string;
    endpoints: Record<string, string>;
    toLocal(text: string): string;
    environment?: Record<string, string>;
    log: HostLog;
  },
): Functions {
  const { templateDir, functionsDir, endpoints, toLocal, environment = {}, log } = options;
  const service = {
    AWS_REGION: cloud.region,
    AWS_DEFAULT_REGION: cloud.region,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    ...Object.fromEntries(Object.entries(endpoints).map(([name, url]) => [`AWS_ENDPOINT_URL_${name}`, url])),
  };
  const functions = stacks.ofType('AWS::Lambda::Function').map((resource) => {
    const properties = resource.properties<FunctionProperties>();
    // The template gives each function its source as description.
    const entry = entries.find(({ file }) => file === properties.Description)?.name ?? resource.logicalId;
    const codeDir = path.resolve(
      functionsDir === undefined ? path.join(templateDir, resource.assetPath ?? '') : path.join(functionsDir, entry),
    );
    const own = Object.entries(properties.Environment?.Variables ?? {}).map(([name, value]) => [name, environment[name] ?? toLocal(value)]);
    const lambda = createFunction(
      {
        name: resource.name,
        arn: resource.arn,
        codeDir,
        handler: properties.Handler,
        environment: { ...service, ...(Object.fromEntries(own) as Record<string, string>) },
        timeoutMs: (properties.Timeout ?? 3) * 1000,
        memoryMb: properties.MemorySize ?? 128,
      },
      { log: log.ofFunction(entry), maxSandboxes: properties.ReservedConcurrentExecutions },
    );
    return { entry, lambda, runnable: existsSync(path.join(codeDir, `${properties.Handler.split('.')[0]}.js`)) };
  });
  const missing = functions.filter(({ runnable }) => !runnable).map(({ entry }) => entry);
  if (missing.length > 0) log.report(`without code: ${missing.join(', ')}`);

  const get = (arnOrName: string) => {
    const found = functions.find(({ lambda: { definition } }) => definition.arn === arnOrName || definition.name === arnOrName);
    if (!found) throw new Error(`no function ${arnOrName} is deployed`);
    return found;
  };
  return {
    byEntry: new Map(functions.map(({ entry, lambda }) => [entry, lambda])),
    find: (arnOrName) => get(arnOrName).lambda,
    findRunnable(arnOrName) {
      const { lambda, runnable } = get(arnOrName);
      return runnable ? lambda : undefined;
    },
    async close() {
      await Promise.all(functions.map(({ lambda }) => lambda.close()));
    },
  };
}
