import type { Service } from '../framework/serverless.ts';

/** Instances of functions that wait for calls, so that these meet no cold start. */
export interface ProvisionedPlan {
  /** Keys of functions. */
  readonly functions: readonly string[];
  /** Instances of each function, in its busy hours. */
  readonly busy: number;
  /** And outside of them. At least 1: Lambda forgets a setting of 0, and the next deployment would not find it. */
  readonly atRest: number;
  /** When the busy hours begin and end each day (`HH:MM`). Undefined if all hours are busy. */
  readonly hours?: { readonly from: string; readonly until: string; readonly timeZone: string };
}

/** The plan of a service that names such functions (`custom.provisioned`), in a stage that pays for them. */
export function provisionedPlanOf({ custom }: Service): ProvisionedPlan | undefined {
  const functions = (custom?.provisioned ?? []) as readonly string[];
  const stage = (custom?.stage ?? {}) as Readonly<Record<string, unknown>>;
  // Parameters given on the command line are texts.
  const [busy, atRest] = [Number(stage.provisionedConcurrency ?? 0), Number(stage.provisionedAtRest)];
  if (functions.length === 0 || busy === 0) return undefined;
  const [from, until] = [String(stage.provisionedFrom ?? ''), String(stage.provisionedUntil ?? '')];
  if (from === '') return { functions, busy, atRest };
  return { functions, busy, atRest, hours: { from, until, timeZone: String(stage.timeZone) } };
}
