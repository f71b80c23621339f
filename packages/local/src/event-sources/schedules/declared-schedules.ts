import type { FunctionEvent } from '../../invoke/function-event.ts';
import { callerName } from '../../registration/caller-name.ts';
import type { TemplateResource } from '../../registration/service-registration.ts';
import { resolveValue } from '../../registration/template-values.ts';
import type { Timetable } from './schedule-times.ts';
import type { EventOrigin } from './scheduled-event.ts';

/** A schedule with one target. */
export interface DeclaredSchedule {
  readonly timetable: Timetable;
  readonly origin: EventOrigin;
  /** JSON (for a queue or a topic, any text); undefined for the event of a firing. */
  readonly input: string | undefined;
  /** A function of the service, or the ARN of a queue or a topic. */
  readonly target: FunctionEvent | string;
  /** The role in whose name the target is called, as `Rights` knows it; undefined where the target allows the call. */
  readonly role: string | undefined;
}

type Json = Readonly<Record<string, unknown>>;

/** The enabled schedules of a service: of its functions' events, and of its template. */
export function declaredSchedules(functions: readonly FunctionEvent[]): readonly DeclaredSchedule[] {
  return [
    ...functions.flatMap(eventSchedules),
    ...templateSchedules(functions).filter(({ target }) => typeof target !== 'string' || isSendable(target)),
  ];
}

/** A sentence for each part of the service's schedules that is not carried out. */
export function scheduleNotices(functions: readonly FunctionEvent[]): readonly string[] {
  const unknown = templateSchedules(functions).flatMap(({ target, origin }) =>
    typeof target !== 'string' || isSendable(target)
      ? []
      : [`The ${origin.kind} ${origin.name}: The local AWS cannot send to ${target}, and ignores this target`],
  );
  const flexible = Object.entries(functions[0]?.registration.resources ?? {}).flatMap(([logicalId, { Properties }]) =>
    (Properties?.FlexibleTimeWindow as Json | undefined)?.Mode === 'FLEXIBLE'
      ? [`The schedule ${logicalId}: The local AWS fires at the beginning of a flexible time window`]
      : [],
  );
  return [...unknown, ...flexible];
}

function isSendable(arn: string): boolean {
  return /^arn:[^:]+:(?:sqs|sns):/.test(arn);
}

function eventSchedules(own: FunctionEvent): readonly DeclaredSchedule[] {
  return own.definition.events.flatMap(({ schedule }, index) => {
    if (schedule === undefined || schedule === null) return [];
    const given = (typeof schedule === 'string' ? { rate: schedule } : schedule) as Json;
    if (given.enabled === false) return [];
    const timeZone = given.timezone as string | undefined;
    if (given.method !== 'scheduler' && timeZone !== undefined) throw new Error('A time zone takes method: scheduler');
    const rates = [resolveValue(given.rate, own.scope)].flat().map(String);
    const origin = originOf(own, given, index + 1);
    const input = eventInput(given.input);
    // The framework gives Scheduler the function's own role; a rule needs none.
    const role = origin.kind === 'schedule' ? callerName(own.registration.name, own.functionKey) : undefined;
    return rates.map((expression) => ({ timetable: { expression, timeZone }, origin, input, target: own, role }));
  });
}

function originOf({ definition, registration, scope }: FunctionEvent, given: Json, number: number): EventOrigin {
  const { region } = registration;
  const name = String(given.name ?? `${definition.name}-${number}`);
  if (given.method !== 'scheduler') return { kind: 'rule', region, name };
  return { kind: 'schedule', region, name: `${resolveValue(given.groupName ?? 'default', scope)}/${name}` };
}

/** A text is JSON already; the framework reads the JSON of a `body` into its object. */
function eventInput(input: unknown): string | undefined {
  if (input === undefined || input === null) return undefined;
  if (typeof input === 'string') return input;
  const { body } = input as Json;
  return JSON.stringify(typeof body === 'string' ? { ...(input as Json), body: JSON.parse(body) } : input);
}

function templateSchedules(functions: readonly FunctionEvent[]): readonly DeclaredSchedule[] {
  const [first] = functions;
  if (first === undefined) return [];
  const { registration, scope } = first;
  return Object.entries(registration.resources).flatMap(([logicalId, resource]) => {
    const properties = resolveValue(resource.Properties ?? {}, scope) as Json;
    if (properties.ScheduleExpression === undefined || properties.State === 'DISABLED') return [];
    const targets = targetsOf(resource, properties);
    const kind = resource.Type === 'AWS::Events::Rule' ? 'rule' : 'schedule';
    const name = String(properties.Name ?? logicalId);
    const group = kind === 'rule' ? '' : `${properties.GroupName ?? 'default'}/`;
    const origin = { kind, region: registration.region, name: `${group}${name}` } as const;
    const timetable = timetableOf(properties);
    return targets.map(({ Arn, Input, RoleArn }) => {
      const arn = String(Arn);
      const own = functions.find(({ definition }) => arn.split(':')[6] === definition.name);
      const role = RoleArn as string | undefined;
      return { timetable, origin, input: Input as string | undefined, target: own ?? arn, role };
    });
  });
}

function targetsOf({ Type }: TemplateResource, { Target, Targets }: Json): readonly Json[] {
  if (Type === 'AWS::Scheduler::Schedule') return [(Target ?? {}) as Json];
  return Type === 'AWS::Events::Rule' ? ((Targets ?? []) as readonly Json[]) : [];
}

function timetableOf({ ScheduleExpression, ScheduleExpressionTimezone, StartDate, EndDate }: Json): Timetable {
  const timeOf = (date: unknown) => (date === undefined ? undefined : Date.parse(String(date)));
  return {
    ...{ expression: String(ScheduleExpression), timeZone: ScheduleExpressionTimezone as string | undefined },
    ...{ startAt: timeOf(StartDate), endAt: timeOf(EndDate) },
  };
}
