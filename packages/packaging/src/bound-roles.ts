import { alarmIdOf } from './canary/names.ts';
import { isLocal } from './check-stage.ts';
import type { Serverless } from './framework/serverless.ts';

/** What IAM takes as the name of a policy, with its path, and `{set}`. */
const POLICY_NAME = /^(?:[\w+=,.@/-]|\{set\})+$/;

/**
 * Gives each role of a stage the permissions boundary that the stage's parameter `permissionsBoundary` names, a managed
 * policy of the account, and the path `/weir/<stage>/`, by which a policy can name the stage's roles: CloudFormation makes
 * up their names, and cuts some. `{set}` in the name stands for the first word of the stage's name. Without a name, nothing
 * changes.
 */
export function boundRoles({ service, classes }: Serverless): void {
  const { stage, compiledCloudFormationTemplate } = service.provider;
  const { permissionsBoundary: given = '' } = (service.custom?.stage ?? {}) as { permissionsBoundary?: string };
  if (given === '' || isLocal(stage)) return;
  if (!POLICY_NAME.test(given)) {
    throw new classes.Error(
      `permissionsBoundary is ${JSON.stringify(given)}, and must be the name of a managed policy`,
    );
  }
  const name = given.replace('{set}', stage.split('-')[0] ?? stage);
  const [partition, account] = ['Partition', 'AccountId'].map((part) => `\${AWS::${part}}`);
  const PermissionsBoundary = { 'Fn::Sub': `arn:${partition}:iam::${account}:policy/${name}` };
  const bounds = { PermissionsBoundary, Path: `/weir/${stage}/` };
  renewVersions(compiledCloudFormationTemplate);
  for (const { Type, Properties } of Object.values(compiledCloudFormationTemplate.Resources)) {
    if (Type === 'AWS::IAM::Role' && Properties) Object.assign(Properties, bounds);
  }
}

/**
 * CloudFormation makes a role anew for its path, and a published version of a function keeps the role that the function
 * had, which is then gone. So a version with the path is another version than the one without, also of the same code.
 */
function renewVersions(template: Serverless['service']['provider']['compiledCloudFormationTemplate']): void {
  for (const [id, { Type }] of Object.entries(template.Resources)) {
    if (Type !== 'AWS::Lambda::Version') continue;
    const renewed = `${id}Bounded`;
    const text = JSON.stringify(template).replaceAll(`"${id}"`, `"${renewed}"`);
    // Its alarm, if it has one, looks at it alone: CloudFormation would keep the state of the one before.
    Object.assign(template, JSON.parse(text.replaceAll(`"${alarmIdOf(id)}"`, `"${alarmIdOf(renewed)}"`)));
  }
}
