import type { Serverless, Service } from '../framework/serverless.ts';
import { type CanaryPlan, canaryPlanOf, canarySettingsOf } from './canary-plan.ts';
import { ALIAS, aliasIdOf } from './names.ts';

/** Removes the function that tries new versions from a stage without a canary. */
export function prepareProbe({ service }: Serverless): void {
  const settings = canarySettingsOf(service);
  if (settings !== undefined && canaryPlanOf(service) === undefined) delete service.functions?.[settings.probe];
}

/**
 * Gives each function of the canary versions, and the name of their alias: the framework then points methods, the
 * authorizer and permissions at the alias. Refuses functions with provisioned concurrency.
 */
export function pointAtAliases(serverless: Serverless): void {
  const { service } = serverless;
  const plan = canaryPlanOf(service);
  if (plan === undefined) return;
  refuseProvisioned(serverless, plan);
  for (const key of plan.functions) {
    Object.assign(service.getFunction(key), {
      versionFunction: true,
      targetAlias: { name: ALIAS, logicalId: aliasIdOf(key) },
    });
  }
}

/**
 * Lambda takes no weights for an alias with provisioned concurrency: the stack would stay in UPDATE_ROLLBACK_FAILED.
 */
function refuseProvisioned({ service, classes }: Serverless, plan: CanaryPlan): void {
  const provisioned = provisionedOf(service, plan);
  if (provisioned.length === 0) return;
  throw new classes.Error(
    `${provisioned.join(', ')} cannot have provisioned concurrency and a canary: set the stage's canary to none, or take away the concurrency`,
  );
}

/** Functions with provisioned concurrency, and resources that set it (such as a scalable target), by their names. */
function provisionedOf(service: Service, { functions }: CanaryPlan): string[] {
  const resources = [service.resources ?? []].flat().flatMap(({ Resources = {} }) => Object.entries(Resources));
  const setting = resources.filter(([, resource]) => JSON.stringify(resource).includes('ProvisionedConcurrency'));
  const direct = functions.filter((key) => service.getFunction(key).provisionedConcurrency);
  return [...direct, ...setting.map(([id]) => id)];
}
