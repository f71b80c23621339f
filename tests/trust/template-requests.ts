import type { Properties, Template } from '../templates/template.ts';
import { NEEDED_CALLS, TAGS_OF_API, UNTAGGED_API } from './calls/needed-calls.ts';
import { OPTIONAL_CALLS } from './calls/optional-calls.ts';
import type { PolicyRequest } from './evaluate-policy.ts';
import { ACCOUNT } from './github-template.ts';

/** A request, and the resource of the template for which CloudFormation makes it. */
export interface TemplateRequest extends PolicyRequest {
  readonly of: string;
}

export interface DeployedTemplate {
  readonly service: string;
  readonly stage: string;
  readonly template: Template;
  readonly boundaryArn: string;
}

const CALLS = { ...NEEDED_CALLS, ...OPTIONAL_CALLS };
/** Who gets a role from CloudFormation, by the type that has it. */
const PASSED_TO: Readonly<Record<string, string>> = {
  'AWS::Backup::BackupSelection': 'backup',
  'AWS::CodeDeploy::DeploymentGroup': 'codedeploy',
  'AWS::StepFunctions::StateMachine': 'states',
};
/** The tags that a call does not carry, or that its resource does not have yet. */
const UNTAGGED: Readonly<Record<string, readonly string[]>> = {
  [UNTAGGED_API]: ['aws:RequestTag/weir:stage', 'aws:ResourceTag/weir:stage'],
  [TAGS_OF_API]: ['aws:ResourceTag/weir:stage'],
};
/** How long what CloudFormation keeps of each part is, where a name would be too long. */
const CUT = 24;

/** The types of a template whose calls nobody has written down. */
export function unknownTypes({ Resources }: Template): readonly string[] {
  return [...new Set(Object.values(Resources).map(({ Type }) => Type))].filter((type) => CALLS[type] === undefined);
}

/** Everything that CloudFormation asks in the name of its caller, to make, change and remove a stack. */
export function requestsOf(deployed: DeployedTemplate): readonly TemplateRequest[] {
  const { stage, service, boundaryArn } = deployed;
  return Object.entries(deployed.template.Resources).flatMap(([id, { Type }]) => {
    const context = {
      'aws:CalledVia': ['cloudformation.amazonaws.com'],
      'aws:RequestTag/weir:stage': stage,
      'aws:ResourceTag/weir:stage': stage,
      'lambda:FunctionArn': `arn:aws:lambda:us-east-1:${ACCOUNT}:function:weir-${service}-${stage}-f`,
      'iam:PermissionsBoundary': boundaryArn,
      'iam:PassedToService': `${PASSED_TO[Type] ?? 'lambda'}.amazonaws.com`,
      'iam:AWSServiceName': 'backup.amazonaws.com',
    };
    return (CALLS[Type] ?? []).flatMap(([pattern, text]) => {
      const [owner = '', actions = ''] = text.split(':');
      const resource = fill(pattern, id, deployed);
      return actions.split(' ').map((name) => ({
        ...{ of: `${service} ${id}`, action: `${owner}:${name}`, resource },
        context: without(context, UNTAGGED[pattern] ?? []),
      }));
    });
  });
}

function without(context: Readonly<Record<string, string | readonly string[]>>, keys: readonly string[]) {
  return Object.fromEntries(Object.entries(context).filter(([key]) => !keys.includes(key)));
}

function fill(pattern: string, id: string, deployed: DeployedTemplate): string {
  const { Properties = {} } = deployed.template.Resources[id] ?? {};
  return pattern.replaceAll(/\{([^}]+)\}/g, (_, name: string) => {
    if (name === 'stage') return deployed.stage;
    if (name === 'bucket') return madeUp('ServerlessDeploymentBucket', deployed, 63).toLowerCase();
    if (name.startsWith('made-up')) return madeUp(id, deployed, Number(name.split(':')[1] ?? 255));
    const value = nameIn(Properties[name], deployed);
    if (value !== undefined) return value;
    return name === 'BucketName' ? madeUp(id, deployed, 63).toLowerCase() : madeUp(id, deployed, 255);
  });
}

/** As CloudFormation names what has no name: of the stack, the logical id and twelve characters. */
function madeUp(id: string, { service, stage }: DeployedTemplate, max: number): string {
  const [stack, end] = [`weir-${service}-${stage}`, '1A2B3C4D5E6F'];
  const name = `${stack}-${id}-${end}`;
  return name.length <= max ? name : `${stack.slice(0, CUT)}-${id.slice(0, CUT)}-${end}`;
}

/** The text of a name; that of the resource, if it is a reference. */
function nameIn(value: unknown, deployed: DeployedTemplate): string | undefined {
  if (value === undefined || typeof value === 'string') return value;
  const { Ref, 'Fn::GetAtt': getAtt, 'Fn::Join': joined, 'Fn::Sub': sub } = value as Properties;
  if (joined !== undefined) {
    const [between, parts] = joined as readonly [string, readonly unknown[]];
    return parts.map((part) => nameIn(part, deployed)).join(between);
  }
  const target = Ref ?? (getAtt as readonly string[] | undefined)?.[0];
  if (typeof target === 'string') return nameOfResource(target, deployed);
  return [sub].flat().map(String)[0]?.replaceAll(`\${AWS::AccountId}`, ACCOUNT);
}

function nameOfResource(id: string, deployed: DeployedTemplate): string | undefined {
  const resource = deployed.template.Resources[id];
  const [, name] =
    Object.entries(resource?.Properties ?? {}).find(([key]) => /(Bucket|Function|LogGroup|^)Name$/.test(key)) ?? [];
  if (name !== undefined) return nameIn(name, deployed);
  const isBucket = resource?.Type === 'AWS::S3::Bucket';
  const made = madeUp(id, deployed, isBucket ? 63 : 255);
  return isBucket ? made.toLowerCase() : made;
}

/** What tells how something is made, of all that an account has: AWS takes no name for it, or makes it up. */
export function isReading({ action, resource }: PolicyRequest): boolean {
  return /:(Describe|Get|List)/.test(action) && (resource === '*' || resource.includes(':event-source-mapping:'));
}

/** Types that previews do not have: their parameters keep no data, and send no mail. */
export function withoutStageOnly(template: Template): Template {
  const kept = Object.entries(template.Resources).filter(
    ([, { Type }]) => !/^AWS::(Backup|SES::EmailIdentity)/.test(Type),
  );
  return { ...template, Resources: Object.fromEntries(kept) };
}

/** A template of production as another stage has it. */
export function asStage(template: Template, stage: string): Template {
  return JSON.parse(JSON.stringify(template).replaceAll('production', stage)) as Template;
}
