import { readFileSync } from 'node:fs';
import path from 'node:path';
import { attributesOf, type Identity, type LiveValues, physicalName } from './attributes.ts';
import { cloud } from './cloud.ts';
import { noValue, resolve, type Scope } from './intrinsics.ts';
import { assertKnown, ignored } from './resourceTypes.ts';

export interface Resource {
  type: string;
  logicalId: string;
  stack: string;
  /** What it is called on this machine; the same at each start. */
  name: string;
  arn: string;
  /** Path of the function's code below the assembly, if it has any. */
  assetPath: string | undefined;
  /** Its properties without CloudFormation's functions; asks for the live values that occur in them. */
  properties<Properties>(): Properties;
}

export interface Stacks {
  ofType(type: string): Resource[];
  /** @throws Error when there is none */
  byArn(arn: string): Resource;
}

interface Template {
  Parameters?: Record<string, { Default?: unknown }>;
  Conditions?: Record<string, unknown>;
  Resources?: Record<string, TemplateResource>;
  Outputs?: Record<string, { Value: unknown; Export?: { Name: unknown } }>;
}
interface TemplateResource {
  Type: string;
  Properties?: object;
  Condition?: string;
  Metadata?: Record<string, unknown>;
}

/**
 * Opens the templates of an assembly (the folder that `cdk synth` writes) for deployment on this machine.
 * @param live  values that exist once the local servers run; read when a property needs them
 * @param stackId  last part of each stack's id, which the template may use as a secret
 * @throws Error naming the first resource, property or function that the local host does not know
 */
export function openStacks(templateDir: string, live: LiveValues, stackId: string): Stacks {
  const stacks = new Map(readAssembly(templateDir));
  const exports = new Map<string, () => unknown>();
  const resources: Resource[] = [];

  for (const [stack, template] of stacks) {
    const scope = createScope(stack, template);
    for (const { Value, Export } of Object.values(template.Outputs ?? {})) {
      if (Export) exports.set(resolve(Export.Name, scope) as string, () => resolve(Value, scope));
    }
    for (const [logicalId, resource] of Object.entries(template.Resources ?? {})) {
      if (resource.Condition && !scope.condition(resource.Condition)) continue;
      assertKnown(resource.Type, logicalId, resource.Properties ?? {});
      if (!(resource.Type in ignored)) resources.push(open(stack, logicalId, resource, scope));
    }
  }
  return {
    ofType: (type) => resources.filter((resource) => resource.type === type),
    byArn(arn) {
      const found = resources.find((resource) => resource.arn === arn || arn.startsWith(`${resource.arn}/stream/`));
      if (!found) throw new Error(`no deployed resource has the ARN ${arn}`);
      return found;
    },
  };

  function open(stack: string, logicalId: string, resource: TemplateResource, scope: Scope): Resource {
    const identity = identify(stack, logicalId, resource);
    return {
      type: resource.Type,
      logicalId,
      stack,
      name: identity.name,
      arn: attributesOf(identity, live).arn,
      assetPath: resource.Metadata?.['aws:asset:path'] as string | undefined,
      properties: <Properties>() => resolve(resource.Properties ?? {}, scope) as Properties,
    };
  }

  function createScope(stack: string, template: Template): Scope {
    const pseudo: Record<string, unknown> = {
      'AWS::AccountId': cloud.account,
      'AWS::Region': cloud.region,
      'AWS::Partition': cloud.partition,
      'AWS::URLSuffix': 'amazonaws.com',
      'AWS::StackName': stack,
      'AWS::StackId': `arn:aws:cloudformation:${cloud.region}:${cloud.account}:stack/${stack}/${stackId}`,
      'AWS::NoValue': noValue,
    };
    const identityOf = (logicalId: string) => {
      const resource = template.Resources?.[logicalId];
      if (!resource) throw new Error(`${stack}: no resource, parameter or pseudo parameter is called ${logicalId}`);
      return identify(stack, logicalId, resource);
    };
    const scope: Scope = {
      ref(name) {
        if (name in pseudo) return pseudo[name];
        const parameter = template.Parameters?.[name];
        if (parameter) {
          if (parameter.Default === undefined) throw new Error(`${stack}: parameter ${name} has no default`);
          return parameter.Default;
        }
        return attributesOf(identityOf(name), live).ref();
      },
      getAtt(logicalId, attribute) {
        const value = attributesOf(identityOf(logicalId), live).attribute(attribute);
        if (value === undefined) throw new Error(`${logicalId}: the local host does not know the attribute ${attribute}`);
        return value;
      },
      importValue(name) {
        const value = exports.get(name);
        if (!value) throw new Error(`${stack}: nothing is exported as ${name}`);
        return value();
      },
      condition(name) {
        if (!(name in (template.Conditions ?? {}))) throw new Error(`${stack}: no condition ${name}`);
        return Boolean(resolve(template.Conditions![name], scope));
      },
    };
    return scope;
  }
}

function identify(stack: string, logicalId: string, { Type, Properties }: TemplateResource): Identity {
  return { type: Type, stack, logicalId, name: physicalName(Type, stack, logicalId, Properties ?? {}) };
}

/** Stack names and templates in the order in which the assembly lists them: dependencies first. */
function readAssembly(dir: string): [string, Template][] {
  const read = (file: string) => JSON.parse(readFileSync(path.join(dir, file), 'utf8')) as unknown;
  const { artifacts } = read('manifest.json') as { artifacts: Record<string, Artifact> };
  return Object.entries(artifacts)
    .filter(([, artifact]) => artifact.type === 'aws:cloudformation:stack')
    .map(([id, artifact]) => [artifact.properties.stackName ?? id, read(artifact.properties.templateFile) as Template]);
}
interface Artifact {
  type: string;
  properties: { templateFile: string; stackName?: string };
}
