import { createHash } from 'node:crypto';
import type { Serverless, TemplateResource } from '../framework/serverless.ts';

const TYPE = 'AWS::ApiGatewayV2::';
/** What a deployment is a snapshot of. */
const SNAPSHOT_TYPES = ['Api', 'Authorizer', 'Integration', 'IntegrationResponse', 'Route', 'RouteResponse'];
/** Of SHA-256, in hexadecimal: enough that no two snapshots of a stack have the same. */
const HASH_LENGTH = 20;

/**
 * Has the deployment of a service's WebSocket API wait for all routes, also those of the service's own resources, and
 * names it after what they say: CloudFormation makes a new one, and so a change reaches clients, only under a new name.
 * The framework knows of its own routes alone.
 */
export function deployRoutes({ service }: Serverless): void {
  const { Resources } = service.provider.compiledCloudFormationTemplate;
  const [deploymentId] = idsOf(Resources, ['Deployment']);
  const [stageId] = idsOf(Resources, ['Stage']);
  const [deployment, stage] = [Resources[deploymentId ?? ''], Resources[stageId ?? '']];
  if (deploymentId === undefined || stageId === undefined || !deployment || !stage) return;
  const parts = idsOf(Resources, SNAPSHOT_TYPES).sort();
  const text = JSON.stringify(parts.map((id) => [id, Resources[id]]));
  const name = `WebsocketsDeployment${createHash('sha256').update(text).digest('hex').slice(0, HASH_LENGTH)}`;
  delete Resources[deploymentId];
  Resources[name] = { ...deployment, DependsOn: parts };
  Resources[stageId] = { ...stage, Properties: { ...stage.Properties, DeploymentId: { Ref: name } } };
}

function idsOf(resources: Readonly<Record<string, TemplateResource>>, types: readonly string[]): string[] {
  const full = types.map((type) => `${TYPE}${type}`);
  return Object.keys(resources).filter((id) => full.includes(resources[id]?.Type ?? ''));
}
