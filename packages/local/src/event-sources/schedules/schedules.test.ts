import { expect } from 'chai';
import type { RoleCheck } from '../../aws-door/rights/needs/acting-needs.ts';
import type { InvokeResult } from '../../invoke/lambda-invoke.ts';
import type { RunningSources } from '../../registration/service-registry.ts';
import { everyRight } from '../../testing/every-right.ts';
import { recordedAws } from '../../testing/recorded-aws.ts';
import { createVirtualClock, type VirtualClock } from '../mappings/testing/virtual-clock.ts';
import { functionEvent } from '../testing/function-event.ts';
import { scheduleNotices } from './declared-schedules.ts';
import { expectSchedules, startSchedules } from './schedules.ts';

const MINUTE_MS = 60_000;
const START = Date.UTC(2026, 0, 1, 10, 0, 30);
const checkOf = () => everyRight;

describe('schedules of functions', () => {
  let clock: VirtualClock;
  let running: RunningSources | undefined;
  let fired: { readonly at: number; readonly event: Record<string, unknown> }[];
  let lines: string[];
  beforeEach(() => {
    clock = createVirtualClock(START);
    fired = [];
    lines = [];
  });
  afterEach(async () => {
    await running?.stop();
    clock.stop();
  });

  /** Runs schedules until they have fired this often, or time has passed. */
  async function run(
    events: Parameters<typeof functionEvent>[0],
    until: { readonly firings: number } | { readonly minutes: number },
    result: InvokeResult = { outcome: 'returned', value: null },
  ): Promise<number[]> {
    const invoke = async (event: object) => {
      fired.push({ at: clock.now(), event: event as Record<string, unknown> });
      return result;
    };
    const log = (line: string) => void lines.push(line);
    running = startSchedules([functionEvent(events, { invoke })], { aws: recordedAws(), checkOf, log, clock });
    const stopping = new AbortController();
    if ('minutes' in until) await clock.sleep(until.minutes * MINUTE_MS, stopping.signal);
    else while (fired.length < until.firings) await clock.sleep(MINUTE_MS / 4, stopping.signal);
    return fired.map(({ at }) => (at - START) / MINUTE_MS);
  }

  it('fire by rates and calendars, one behind the other', async () => {
    expect(await run([{ schedule: 'rate(2 minutes)' }], { firings: 3 })).to.deep.equal([2, 4, 6]);
  });

  it('fire by each of several expressions of one schedule', async () => {
    const schedule = { rate: ['cron(1/5 * * * ? *)', 'rate(3 minutes)'] };
    expect(await run([{ schedule }], { firings: 4 })).to.deep.equal([0.5, 3, 5.5, 6]);
  });

  it("send EventBridge's event, or the input that the schedule has", async () => {
    await run([{ schedule: { rate: 'rate(1 minute)' } }], { firings: 1 });
    expect(fired[0]?.event).to.deep.include({
      ...{ 'detail-type': 'Scheduled Event', source: 'aws.events', account: '000000000000', region: 'eu-west-1' },
      ...{ time: '2026-01-01T10:01:30Z', detail: {} },
    });
    await running?.stop();
    await run([{ schedule: { rate: 'rate(1 minute)', input: { only: 'this' } } }], { firings: 2 });
    expect(fired[1]?.event).to.deep.equal({ only: 'this' });
  });

  it('do not fire if they are not enabled', async () => {
    const events = [{ schedule: { rate: 'rate(1 minute)', enabled: false } }, { s3: 'a' }];
    expect(await run(events, { minutes: 5 })).to.deep.equal([]);
  });

  it('are refused if they cannot be read', () => {
    const refusing = (schedule: unknown) => () =>
      expectSchedules([functionEvent([{ schedule }], { invoke: async () => ({ outcome: 'unreachable' }) })]);
    const zoned = { rate: ['cron(0 2 * * ? *)'], timezone: 'Europe/Berlin' };
    expect(refusing('every minute')).to.throw('Cannot read the schedule every minute');
    expect(refusing(zoned)).to.throw('A time zone takes method: scheduler');
    expect(refusing({ ...zoned, method: 'scheduler', timezone: 'Europe/Ulm' })).to.throw('no time zone Europe/Ulm');
    expect(refusing({ rate: ['rate(1 minute)'], input: '{' })).to.throw('not JSON: {');
    expect(refusing({ ...zoned, method: 'scheduler' })).not.to.throw();
  });

  it("fire by the clocks of their zone, with the Scheduler's event or an input with its keywords", async () => {
    const schedule = { rate: ['cron(30 11 * * ? *)'], method: 'scheduler', timezone: 'Europe/Berlin', name: 'daily' };
    expect(await run([{ schedule }], { firings: 1 })).to.deep.equal([29.5]);
    expect(fired[0]?.event).to.deep.include({
      ...{ source: 'aws.scheduler', time: '2026-01-01T10:30:00Z', detail: '{}' },
      resources: ['arn:aws:scheduler:eu-west-1:000000000000:schedule/default/daily'],
    });
    await running?.stop();
    const input = { at: '<aws.scheduler.scheduled-time>', of: '<aws.scheduler.schedule-arn>' };
    await run([{ schedule: { ...schedule, rate: ['rate(1 hour)'], input } }], { firings: 2 });
    expect(fired[1]?.event).to.deep.equal({
      ...{ at: '2026-01-01T11:30:00Z', of: 'arn:aws:scheduler:eu-west-1:000000000000:schedule/default/daily' },
    });
  });

  it('are also those of the template, to functions, queues and topics', async () => {
    const Arn = 'arn:aws:sqs:eu-west-1:000000000000:jobs';
    const toFunction = { Arn: { 'Fn::GetAtt': ['ShrinkLambdaFunction', 'Arn'] }, Input: '{"a":1}' };
    const of = (Type: string, Properties: object) => ({ Type, Properties: { ...Properties } });
    const rate = { ScheduleExpression: 'rate(1 minute)' };
    const resources = {
      Rule: of('AWS::Events::Rule', { ...rate, Targets: [toFunction] }),
      Off: of('AWS::Scheduler::Schedule', { ...rate, State: 'DISABLED', Target: toFunction }),
      Once: of('AWS::Scheduler::Schedule', {
        ...{ ScheduleExpression: 'at(2026-01-01T11:01:00)', ScheduleExpressionTimezone: 'Europe/Berlin' },
        ...{ Target: { Arn, Input: 'any text' }, FlexibleTimeWindow: { Mode: 'FLEXIBLE' } },
      }),
      Far: of('AWS::Scheduler::Schedule', { ...rate, Target: { Arn: 'arn:aws:scheduler:::aws-sdk:sqs:purgeQueue' } }),
    };
    const invoke = async (event: object): Promise<InvokeResult> => {
      fired.push({ at: clock.now(), event: event as Record<string, unknown> });
      return { outcome: 'returned', value: null };
    };
    const own = functionEvent([], { invoke, resources });
    const functions = [{ ...own, scope: { ...own.scope, functions: own.registration.functions } }];
    const aws = recordedAws();
    running = startSchedules(functions, { aws, checkOf, log: () => {}, clock });
    while (fired.length < 3) await clock.sleep(MINUTE_MS / 4, new AbortController().signal);
    expect(fired.map(({ event }) => event)).to.deep.equal(Array(3).fill({ a: 1 }));
    const sent = { QueueUrl: 'http://sqs.eu-west-1.localhost/000000000000/jobs', MessageBody: 'any text' };
    expect(aws.calls).to.deep.equal([['sqs SendMessage', sent]]);
    const far = resources.Far.Properties as { Target?: { Arn: string } };
    expect(scheduleNotices(functions)).to.deep.equal([
      `The schedule default/Far: The local AWS cannot send to ${far.Target?.Arn}, and ignores this target`,
      'The schedule Once: The local AWS fires at the beginning of a flexible time window',
    ]);
  });

  it('call nothing that their role does not allow, and say so', async () => {
    const invoke = async (event: object): Promise<InvokeResult> => {
      fired.push({ at: clock.now(), event: event as Record<string, unknown> });
      return { outcome: 'returned', value: null };
    };
    const asked: unknown[] = [];
    const refusing =
      (role: string): RoleCheck =>
      (needs) => {
        asked.push([role, ...needs]);
        return 'the role lacks it';
      };
    const events = [{ schedule: 'rate(1 minute)' }, { schedule: { rate: 'rate(1 minute)', method: 'scheduler' } }];
    const log = (line: string) => void lines.push(line);
    running = startSchedules([functionEvent(events, { invoke })], {
      aws: recordedAws(),
      checkOf: refusing,
      log,
      clock,
    });
    await clock.sleep(1.5 * MINUTE_MS, new AbortController().signal);
    expect(fired).to.have.length(1);
    const resource = 'arn:aws:lambda:eu-west-1:000000000000:function:weir-api-local-shrink';
    expect(asked).to.deep.equal([['weirapishrink', { action: 'lambda:InvokeFunction', resource }]]);
    expect(lines).to.deep.equal([
      'The schedule default/weir-api-local-shrink-2 fired, and calls nothing: the role lacks it',
    ]);
  });

  it('try a firing that fails again, say that they have given it up, and fire again', async () => {
    const minutes = await run([{ schedule: 'rate(1 minute)' }], { firings: 4 }, { outcome: 'unreachable' });
    expect(minutes.map(Math.floor)).to.deep.equal([1, 1, 1, 2]);
    expect(lines[2]).to.equal(
      'weir-api-local-shrink: Gave up the firing of the rule weir-api-local-shrink-1 at 2026-01-01T10:01:30Z (RetriesExhausted: the service is not running), which is lost',
    );
  });

  it('fire once, not for each time that was missed, when the machine has slept', async () => {
    const nap = 8 * 60 * MINUTE_MS;
    let slept = 0;
    const sleepy = {
      now: () => clock.now() + slept,
      sleep: (ms: number, signal: AbortSignal) => clock.sleep(ms, signal),
    };
    const invoke = async (): Promise<InvokeResult> => {
      fired.push({ at: sleepy.now(), event: {} });
      // The laptop sleeps after the first firing.
      if (fired.length === 1) slept = nap;
      return { outcome: 'returned', value: null };
    };
    running = startSchedules([functionEvent([{ schedule: 'rate(1 minute)' }], { invoke })], {
      ...{ aws: recordedAws(), checkOf, log: () => {}, clock: sleepy },
    });
    while (fired.length < 4) await clock.sleep(MINUTE_MS / 4, new AbortController().signal);
    const minutes = fired.map(({ at }) => Math.round((at - START) / MINUTE_MS));
    expect(minutes.slice(0, 2)).to.deep.equal([1, 1 + 480 + 1]);
    expect(minutes[3]).to.be.at.least(1 + 480 + 3);
  });

  it('end when the firings under way have ended', async () => {
    const held = Promise.withResolvers<InvokeResult>();
    const invoke = () => {
      fired.push({ at: clock.now(), event: {} });
      return held.promise;
    };
    running = startSchedules([functionEvent([{ schedule: 'rate(1 minute)' }], { invoke })], {
      aws: recordedAws(),
      checkOf,
      log: () => {},
      clock,
    });
    while (fired.length < 1) await clock.sleep(MINUTE_MS / 4, new AbortController().signal);
    let isOver = false;
    const stopping = running.stop().then(() => {
      isOver = true;
    });
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(isOver).to.equal(false);
    held.resolve({ outcome: 'returned', value: null });
    await stopping;
  });

  it('do not give up a firing whose service leaves before the next try', async () => {
    await run([{ schedule: 'rate(1 minute)' }], { firings: 1 }, { outcome: 'unreachable' });
    await running?.stop();
    expect(lines).to.have.length(2);
    expect(lines[1]).to.match(
      /: Does not try the firing of .* at 2026-01-01T10:01:30Z again, as the service has left$/,
    );
  });

  it('end at once, in the middle of a wait of weeks', async () => {
    await run([{ schedule: 'cron(0 0 29 2 ? *)' }], { minutes: 1 });
    await running?.stop();
    expect(fired).to.deep.equal([]);
  });
});
