import type { Service, TemplateResource } from '../framework/serverless.ts';
import { type ProvisionedPlan, provisionedPlanOf } from './provisioned-plan.ts';

/**
 * Gives functions instances that wait for calls. The framework then gives each of them a version and an alias, and points
 * the API at the alias. In a stage with busy hours, the alias is made with the number for the rest of the day.
 */
export function provisionFunctions(service: Service): void {
  const plan = provisionedPlanOf(service);
  if (plan === undefined) return;
  for (const key of plan.functions) {
    const provisionedConcurrency = plan.hours === undefined ? plan.busy : plan.atRest;
    Object.assign(service.getFunction(key), { provisionedConcurrency });
  }
}

/** Adds to the template what changes these numbers when the busy hours begin and end. */
export function addSchedules(service: Service): void {
  const plan = provisionedPlanOf(service);
  if (plan?.hours === undefined) return;
  const { Resources } = service.provider.compiledCloudFormationTemplate;
  for (const key of plan.functions) {
    const { name, targetAlias } = service.getFunction(key);
    if (targetAlias === undefined) throw new Error(`the framework made no alias for ${key}`);
    Resources[`${targetAlias.logicalId}Schedule`] = {
      Type: 'AWS::ApplicationAutoScaling::ScalableTarget',
      // The name of the alias alone does not have CloudFormation wait for it.
      DependsOn: targetAlias.logicalId,
      Properties: { ...scalableTarget(plan, plan.hours), ResourceId: `function:${name}:${targetAlias.name}` },
    } satisfies TemplateResource;
  }
}

function scalableTarget({ busy, atRest }: ProvisionedPlan, hours: NonNullable<ProvisionedPlan['hours']>): object {
  return {
    ServiceNamespace: 'lambda',
    ScalableDimension: 'lambda:function:ProvisionedConcurrency',
    MinCapacity: Math.min(busy, atRest),
    MaxCapacity: Math.max(busy, atRest),
    ScheduledActions: [
      scheduledAction('busy', { at: hours.from, capacity: busy, Timezone: hours.timeZone }),
      scheduledAction('rest', { at: hours.until, capacity: atRest, Timezone: hours.timeZone }),
    ],
  };
}

interface Daily {
  readonly at: string;
  readonly capacity: number;
  readonly Timezone: string;
}

function scheduledAction(ScheduledActionName: string, { at, capacity, Timezone }: Daily): object {
  const [hour, minute] = at.split(':').map(Number);
  return {
    ScheduledActionName,
    Schedule: `cron(${minute} ${hour} * * ? *)`,
    Timezone,
    ScalableTargetAction: { MinCapacity: capacity, MaxCapacity: capacity },
  };
}
