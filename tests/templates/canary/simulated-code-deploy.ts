import { createProbeVersion } from '@weir/api/src/canary/probe-version.ts';
import { PROBES } from '@weir/api/src/canary/probes.ts';
import { silentLog } from '@weir/logging';
import { alarmsOf, resolve } from '../../alarms/cloudwatch/alarm.ts';
import { type Reading, stateAt } from '../../alarms/cloudwatch/alarm-state.ts';
import { type Datapoint, Datapoints, type MetricId } from '../../alarms/cloudwatch/datapoints.ts';
import { propertiesOf, type Template, target } from '../template.ts';
import { aliasesOf, groupOf } from './canary-stage.ts';

const MINUTE_MS = 60_000;
/** The old version has run alone for so long when the deployment begins. */
const MINUTES_BEFORE = 30;
const EVENT = { DeploymentId: 'd-1', LifecycleEventHookExecutionId: 'e-1' };

/** How a version ends a call; `call` counts from 0. */
export type Version = (call: number) => 'answers' | 'throws' | 'answers 5xx';

/** A new version of a function in a stage, as CloudFormation is given it. */
export interface Move {
  readonly template: Template;
  readonly functionId: string;
  readonly callsPerMinute: number;
  readonly old: Version;
  readonly fresh: Version;
  readonly reading: Reading;
  /** The metric of an answer with a 5xx, which is no error for Lambda. */
  readonly failed: MetricId;
}

/** What came of it. */
export interface Moved {
  readonly ended: 'all at once' | 'refused by the probe' | 'stopped by an alarm' | 'succeeded';
  /** From the first call of the new version to the end. */
  readonly minutes: number;
  /** Calls that the new version got meanwhile. */
  readonly calls: number;
  readonly failed: number;
}

/**
 * Stands for CloudFormation and CodeDeploy, which no emulator has: an alias with a policy is moved by its group. The
 * probe comes first, then the steps of the group's configuration, and each minute the group's alarms are asked.
 */
export async function moveCalls(move: Move): Promise<Moved> {
  const world = new World(move);
  const policy = aliasesOf(move.template).get(move.functionId)?.UpdatePolicy;
  if (policy === undefined) return { ended: 'all at once', minutes: 0, calls: 0, failed: 0 };
  for (let i = 0; i < MINUTES_BEFORE; i++) world.runMinute(0);
  if (world.isAlarmUp()) return world.end('stopped by an alarm', 0);
  if (!(await isProbed(move))) return world.end('refused by the probe', 0);
  const share = sharesOf(groupOf(move.template, move.functionId).DeploymentConfigName);
  for (let minute = 0; ; minute++) {
    if (share(minute) >= 1) return world.end('succeeded', minute);
    world.runMinute(share(minute));
    if (world.isAlarmUp()) return world.end('stopped by an alarm', minute + 1);
  }
}

/** The part of the calls that the new version gets in each minute. */
function sharesOf(configuration: string): (minute: number) => number {
  const [, first, wait] = /^CodeDeployDefault\.LambdaCanary(\d+)Percent(\d+)Minutes$/.exec(configuration) ?? [];
  if (first !== undefined) return (minute) => (minute < Number(wait) ? Number(first) / 100 : 1);
  const [, step, every] = /^CodeDeployDefault\.LambdaLinear(\d+)PercentEvery(\d+)Minutes?$/.exec(configuration) ?? [];
  if (step === undefined) throw new Error(`CodeDeploy has no ${configuration}`);
  return (minute) => ((Math.floor(minute / Number(every)) + 1) * Number(step)) / 100;
}

/** Runs the real hook, as CodeDeploy does. */
async function isProbed({ template, functionId, fresh }: Move): Promise<boolean> {
  const { FunctionName: name } = propertiesOf(template, functionId) as { FunctionName: string };
  const Properties = { Name: name, Alias: 'live', CurrentVersion: '1', TargetVersion: '2' };
  const reports: string[] = [];
  await createProbeVersion({
    readAppSpec: async () => JSON.stringify({ version: 0, Resources: [{ own: { Properties } }] }),
    invoke: async (_target, event) => {
      const ended = fresh(0);
      if (ended === 'throws') throw new Error('the version throws');
      return ended === 'answers' ? rightAnswer(event) : { statusCode: 500 };
    },
    report: async (_event, status) => void reports.push(status),
    namePrefix: name.replace(/[a-z]+$/, ''),
    log: silentLog,
    budgetMs: 1_000,
  })(EVENT);
  return reports.join() === 'Succeeded';
}

/** What a function that works says to its probe. */
function rightAnswer(event: object): unknown {
  const probe = Object.values(PROBES)
    .flat()
    .find((one) => one.event === event);
  const denied = { policyDocument: { Statement: [{ Effect: 'Deny' }] } };
  return [{ statusCode: 200 }, { statusCode: 400 }, denied].find((answer) => probe?.isRight(answer));
}

/** The calls of one function, and what CloudWatch knows of them. */
class World {
  readonly #move: Move;
  readonly #sent: Datapoint[] = [];
  readonly #counts = { calls: 0, failed: 0, oldCalls: 0 };
  #now = 0;

  constructor(move: Move) {
    this.#move = move;
  }

  /** `share` of the calls reach the new version. */
  runMinute(share: number): void {
    const fresh = Math.round(this.#move.callsPerMinute * share);
    const ends = Array.from({ length: fresh }, () => this.#move.fresh(this.#counts.calls++));
    const others = this.#move.callsPerMinute - fresh;
    this.#counts.failed += ends.filter((ended) => ended !== 'answers').length;
    this.#send(this.#newVersion(), ends);
    this.#send(
      '1',
      Array.from({ length: others }, () => this.#move.old(this.#counts.oldCalls++)),
    );
    this.#now += MINUTE_MS;
  }

  isAlarmUp(): boolean {
    const { template, functionId, reading } = this.#move;
    const names = groupOf(template, functionId).AlarmConfiguration.Alarms.map(({ Name }) => target(Name));
    const datapoints = new Datapoints(this.#sent);
    const own = alarmsOf(template).filter(({ id }) => names.includes(id));
    return own.some((alarm) => stateAt(alarm, this.#now, { datapoints, reading }) === 'ALARM');
  }

  end(ended: Moved['ended'], minutes: number): Moved {
    const { calls, failed } = this.#counts;
    return { ended, minutes, calls, failed };
  }

  #newVersion(): string {
    const { template, functionId } = this.#move;
    return resolve(template, aliasesOf(template).get(functionId)?.Properties.FunctionVersion);
  }

  /** Lambda sends no value of a version without a call. */
  #send(version: string, ends: readonly ReturnType<Version>[]): void {
    if (ends.length === 0) return;
    const { template, functionId } = this.#move;
    const { FunctionName: name } = propertiesOf(template, functionId) as { FunctionName: string };
    const times = { at: this.#now, sentAt: this.#now };
    const dimensions = { FunctionName: name, Resource: `${name}:live`, ExecutedVersion: version };
    const put = (metric: string, value: number) =>
      this.#sent.push({ namespace: 'AWS/Lambda', name: metric, dimensions, value, ...times });
    put('Invocations', ends.length);
    put('Errors', ends.filter((ended) => ended === 'throws').length);
    const answered5xx = ends.filter((ended) => ended === 'answers 5xx').length;
    if (answered5xx === 0) return;
    const { failed } = this.#move;
    const own = { ...failed.dimensions, function_version: version };
    this.#sent.push({ ...failed, dimensions: own, value: answered5xx, ...times });
  }
}
