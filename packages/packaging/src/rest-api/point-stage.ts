import type { Serverless, TemplateResource } from '../framework/serverless.ts';

type Resources = Record<string, TemplateResource>;

const NO_LIMITS =
  'needs ThrottlingRateLimit and ThrottlingBurstLimit, both above 0, for ResourcePath /* and HttpMethod *';

/**
 * Points the service's `AWS::ApiGateway::Stage` at the deployment that the framework makes anew with each package, and
 * gives it the stack's tags: the framework removes any other tags after it has deployed. By default the framework lets
 * the deployment make the stage, and CloudFormation refuses settings of such a stage from the second deployment on. The
 * stage moves before the old deployment is deleted, because CloudFormation deletes last, and API Gateway deletes no
 * deployment at which a stage points.
 */
export function pointStage(serverless: Serverless): void {
  const { provider } = serverless.service;
  const { Resources } = provider.compiledCloudFormationTemplate;
  const [deploymentId] = idsOf(Resources, 'Deployment');
  if (deploymentId === undefined) return;
  const [stageId, ...others] = idsOf(Resources, 'Stage');
  if (stageId === undefined || others.length > 0) {
    throw new serverless.classes.Error('A service with an API needs one AWS::ApiGateway::Stage in its resources');
  }
  if (!hasLimits(Resources[stageId])) throw new serverless.classes.Error(`The stage ${stageId} ${NO_LIMITS}`);
  Resources[deploymentId] = withoutStage(Resources, deploymentId);
  setProperties(Resources, stageId, { DeploymentId: { Ref: deploymentId }, Tags: tagsOf(provider) });
}

function idsOf(resources: Resources, type: string): string[] {
  return Object.keys(resources).filter((id) => resources[id]?.Type === `AWS::ApiGateway::${type}`);
}

/** Parameters given on the command line are texts. */
function hasLimits(stage: TemplateResource | undefined): boolean {
  const settings = (stage?.Properties?.MethodSettings ?? []) as readonly Readonly<Record<string, unknown>>[];
  const ofAll = settings.find(({ ResourcePath, HttpMethod }) => ResourcePath === '/*' && HttpMethod === '*');
  return Number(ofAll?.ThrottlingRateLimit) > 0 && Number(ofAll?.ThrottlingBurstLimit) > 0;
}

function withoutStage(resources: Resources, id: string): TemplateResource {
  const { Type, Properties, DependsOn = [] } = resources[id] as TemplateResource;
  const { StageName: _name, StageDescription: _description, ...kept } = Properties ?? {};
  // The API itself has its methods and answers (`foldApi`), and the deployment refers to it.
  const before = new Set([DependsOn].flat().concat(permissionsOf(resources)));
  return { Type, Properties: kept, DependsOn: [...before] };
}

/** Permissions to call functions: a route whose function refuses API Gateway is answered with a 500. */
function permissionsOf(resources: Resources): string[] {
  const isOfGateway = ({ Type, Properties }: TemplateResource) =>
    Type === 'AWS::Lambda::Permission' && Properties?.Principal === 'apigateway.amazonaws.com';
  return Object.entries(resources).flatMap(([id, resource]) => (isOfGateway(resource) ? [id] : []));
}

function setProperties(resources: Resources, id: string, properties: object): void {
  const resource = resources[id] as TemplateResource;
  resources[id] = { ...resource, Properties: { ...resource.Properties, ...properties } };
}

function tagsOf({ stackTags, tags }: Serverless['service']['provider']): { Key: string; Value: string }[] {
  return Object.entries({ ...stackTags, ...tags }).map(([Key, value]) => ({ Key, Value: String(value) }));
}
