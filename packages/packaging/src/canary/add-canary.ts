import type { Serverless, Service, TemplateResource } from '../framework/serverless.ts';
import { type CanaryPlan, canaryPlanOf } from './canary-plan.ts';
import { codeDeployRole } from './code-deploy-role.ts';
import { ALIAS, alarmIdOf, aliasIdOf, functionIdOf, startOf } from './names.ts';
import { rollbackAlarm } from './rollback-alarm.ts';

/** Logical ids. */
const APPLICATION = 'CanaryApplication';
const ROLE = 'CanaryRole';

/**
 * Adds to the template what moves calls from one version of a function to the next: an alias that CodeDeploy changes, a
 * group and an alarm for each function, one application, and CodeDeploy's role. The alarms decide only about versions:
 * they are in no composite alarm, and notify nobody.
 */
export function addCanary({ service }: Serverless): void {
  const plan = canaryPlanOf(service);
  if (plan === undefined) return;
  const { stage, compiledCloudFormationTemplate } = service.provider;
  const { Resources } = compiledCloudFormationTemplate;
  Resources[APPLICATION] = {
    Type: 'AWS::CodeDeploy::Application',
    // The role of the function that tries versions names it too.
    Properties: { ApplicationName: `${service.service}-${stage}`, ComputePlatform: 'Lambda' },
  };
  Resources[ROLE] = codeDeployRole(service, plan);
  for (const key of plan.functions) addFunction(service, plan, key);
}

function addFunction(own: Service, plan: CanaryPlan, key: string): void {
  const { stage, compiledCloudFormationTemplate } = own.provider;
  const { Resources, Outputs = {} } = compiledCloudFormationTemplate;
  const { name, versionLogicalId: versionId = '' } = own.getFunction(key);
  const [service, functionName, functionId] = [String(own.service), String(name), functionIdOf(key)];
  // An alarm that is up because of another version does not stop the fix of that one.
  const alarmId = alarmIdOf(versionId);
  const groupId = `${startOf(key)}CanaryGroup`;
  pruneOldVersions(Resources, versionId);
  // The framework also exports each version, and nobody imports it.
  delete Outputs[`${functionId}QualifiedArn`];
  const version = { service, stage, functionName, functionId, versionId, runbook: plan.runbook };
  Resources[alarmId] = rollbackAlarm(version);
  Resources[groupId] = deploymentGroup(plan, functionName, alarmId);
  Resources[aliasIdOf(key)] = alias(plan, { key, groupId, versionId });
}

/**
 * The framework keeps each version for ever. CloudFormation deletes the one before when the new one has all calls.
 * After a rollback it deletes the new one: Lambda would not publish the same code again while it is there.
 */
function pruneOldVersions(resources: Record<string, TemplateResource>, id: string): void {
  const { DeletionPolicy: _retain, ...version } = resources[id] as TemplateResource;
  resources[id] = version;
}

function deploymentGroup({ configuration }: CanaryPlan, functionName: string, alarmId: string): TemplateResource {
  return {
    Type: 'AWS::CodeDeploy::DeploymentGroup',
    Properties: {
      ApplicationName: { Ref: APPLICATION },
      DeploymentGroupName: functionName,
      ServiceRoleArn: { 'Fn::GetAtt': [ROLE, 'Arn'] },
      DeploymentConfigName: configuration,
      DeploymentStyle: { DeploymentType: 'BLUE_GREEN', DeploymentOption: 'WITH_TRAFFIC_CONTROL' },
      AlarmConfiguration: { Enabled: true, Alarms: [{ Name: { Ref: alarmId } }] },
      AutoRollbackConfiguration: {
        Enabled: true,
        Events: ['DEPLOYMENT_FAILURE', 'DEPLOYMENT_STOP_ON_ALARM', 'DEPLOYMENT_STOP_ON_REQUEST'],
      },
    },
  };
}

interface AliasParts {
  readonly key: string;
  readonly groupId: string;
  readonly versionId: string;
}

function alias({ probe }: CanaryPlan, { key, groupId, versionId }: AliasParts): TemplateResource {
  const probeId = functionIdOf(probe);
  return {
    Type: 'AWS::Lambda::Alias',
    // No document says that CloudFormation waits for what only an update policy names.
    DependsOn: [groupId, probeId],
    Properties: {
      FunctionName: { Ref: functionIdOf(key) },
      FunctionVersion: { 'Fn::GetAtt': [versionId, 'Version'] },
      Name: ALIAS,
    },
    UpdatePolicy: {
      CodeDeployLambdaAliasUpdate: {
        ApplicationName: { Ref: APPLICATION },
        DeploymentGroupName: { Ref: groupId },
        BeforeAllowTrafficHook: { Ref: probeId },
      },
    },
  };
}
