import type { Service } from '../framework/serverless.ts';

/**
 * The values of a stage's parameter `canary`: `none`, or a way in which CodeDeploy moves the calls to a new version. It
 * also knows one of 90 minutes: the credentials of a run of CI end before that has gone back.
 */
export const CANARIES = [
  'none',
  'Canary10Percent5Minutes',
  'Canary10Percent10Minutes',
  'Canary10Percent15Minutes',
  'Canary10Percent30Minutes',
  'Linear10PercentEvery1Minute',
  'Linear10PercentEvery2Minutes',
  'Linear10PercentEvery3Minutes',
];

/** What a service says of its canary (`custom.canary`). */
interface CanarySettings {
  /** One of `CANARIES`. */
  readonly kind: string;
  /** The key of the function that tries a new version before it gets any call. */
  readonly probe: string;
  /** The keys of the functions that have versions. */
  readonly functions: readonly string[];
  /** Where the runbook of their alarms is. */
  readonly runbook: string;
}

/** How the functions of a service get their new versions. */
export interface CanaryPlan {
  /** CodeDeploy's name of the way in which it moves the calls. */
  readonly configuration: string;
  readonly probe: string;
  readonly functions: readonly string[];
  readonly runbook: string;
}

/** The plan of a service with a canary; undefined for a service without one, and for a stage with the canary `none`. */
export function canaryPlanOf(service: Service): CanaryPlan | undefined {
  const settings = canarySettingsOf(service);
  if (settings === undefined || settings.kind === 'none') return undefined;
  const { kind, probe, functions, runbook } = settings;
  return { configuration: `CodeDeployDefault.Lambda${kind}`, probe, functions, runbook };
}

/** What the service says; undefined if it says nothing. */
export function canarySettingsOf({ custom }: Service): CanarySettings | undefined {
  return custom?.canary as CanarySettings | undefined;
}
