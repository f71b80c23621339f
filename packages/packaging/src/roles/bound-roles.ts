import { createHash } from 'node:crypto';
import { arnOf } from '../framework/arns.ts';
import { isLocal } from '../framework/is-local.ts';
import type { Framework, Serverless, Service } from '../framework/serverless.ts';

/** What IAM takes as the name of a policy, with its path, and `{set}`. */
const POLICY_NAME = /^(?:[\w+=,.@/-]|\{set\})+$/;

/**
 * Gives each role of a stage the permissions boundary that the stage's parameter `permissionsBoundary` names, a managed
 * policy of the account, and the path `/weir/<stage>/`, by which a policy can name the stage's roles: CloudFormation makes
 * up their names, and cuts some. `{set}` in the name stands for the first word of the stage's name. Without a name, nothing
 * changes.
 */
export function boundRoles({ service, classes }: Serverless): void {
  const given = boundaryOf(service);
  if (given === undefined) return;
  if (!POLICY_NAME.test(given)) {
    throw new classes.Error(
      `permissionsBoundary is ${JSON.stringify(given)}, and must be the name of a managed policy`,
    );
  }
  const { stage, compiledCloudFormationTemplate } = service.provider;
  const name = given.replace('{set}', stage.split('-')[0] ?? stage);
  const bounds = { PermissionsBoundary: arnOf('iam', `policy/${name}`), Path: pathOf(stage) };
  for (const { Type, Properties } of Object.values(compiledCloudFormationTemplate.Resources)) {
    if (Type === 'AWS::IAM::Role' && Properties) Object.assign(Properties, bounds);
  }
}

/**
 * Has the framework put this path into the hash in the logical id of each version; call it before it compiles functions.
 * CloudFormation makes a role anew for its path, and a published version of a function keeps the role that the function
 * had, which is then gone. So a version with the path is another version than the one without, also of the same code.
 */
export function nameVersions(serverless: Framework): void {
  const { service } = serverless;
  if (boundaryOf(service) === undefined) return;
  const { naming } = serverless.getProvider('aws');
  const nameVersion = naming.getLambdaVersionLogicalId.bind(naming);
  naming.getLambdaVersionLogicalId = (key, hash) =>
    nameVersion(
      key,
      createHash('sha256')
        .update(`${hash} ${pathOf(service.provider.stage)}`)
        .digest('base64'),
    );
}

/** The name as it is given; undefined for a stage without a boundary. */
function boundaryOf({ custom, provider }: Service): string | undefined {
  const { permissionsBoundary = '' } = (custom?.stage ?? {}) as { permissionsBoundary?: string };
  return permissionsBoundary === '' || isLocal(provider.stage) ? undefined : permissionsBoundary;
}

function pathOf(stage: string): string {
  return `/weir/${stage}/`;
}
