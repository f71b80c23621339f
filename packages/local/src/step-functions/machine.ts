import type { StateMachineDefinition } from 'aws-local-stepfunctions';
import { invokeNeeds } from '../aws-door/rights/needs/acting-needs.ts';
import type { FunctionEventDeps } from '../invoke/function-event.ts';
import { createInvoke, type Invoke } from '../invoke/lambda-invoke.ts';
import type { ServiceRegistration } from '../registration/service-registration.ts';
import { physicalResource, resolveProperties, type TemplateScope } from '../registration/template-values.ts';

/** A state machine of a service's template. */
export interface Machine {
  readonly name: string;
  readonly arn: string;
  readonly definition: StateMachineDefinition;
  /** The functions that its task states call, by the names of the states. */
  readonly tasks: ReadonlyMap<string, Invoke>;
}

type Json = Readonly<Record<string, unknown>>;

/**
 * How long a task may take that names no time-out. In AWS it is 99,999,999 s; this is the longest time that a timer of
 * Node can wait, 24 days. The interpreter's own default is a minute.
 */
const LONGEST_TASK_SECONDS = 2_147_483;

/** The state machines of a service, from its template. */
export function machinesOf(
  registration: ServiceRegistration,
  { awsUrl, checkOf }: FunctionEventDeps,
): readonly Machine[] {
  const { resources, region, functions } = registration;
  const scope = { resources, region, awsUrl, functions };
  return Object.entries(resources)
    .filter(([, { Type }]) => Type === 'AWS::StepFunctions::StateMachine')
    .map(([logicalId]) => machineOf(logicalId, { registration, scope, checkOf }));
}

interface MachineScope extends Pick<FunctionEventDeps, 'checkOf'> {
  readonly registration: ServiceRegistration;
  readonly scope: TemplateScope;
}

function machineOf(logicalId: string, { registration, scope, checkOf }: MachineScope): Machine {
  const { name, arn } = physicalResource(logicalId, scope);
  const properties = resolveProperties(scope.resources[logicalId] ?? { Type: '' }, scope);
  const definition = withTimeouts(definitionOf(properties)) as Json;
  const lacks = checkOf(String(properties.RoleArn));
  const tasks = new Map<string, Invoke>();
  for (const [state, functionArn] of taskStates(definition)) {
    const invoke = createInvoke(registration.lambdaUrl, functionArn.split(':').at(-1) ?? '');
    tasks.set(
      state,
      heldInvoke(invoke, () => lacks(invokeNeeds(functionArn))),
    );
  }
  return { name, arn, definition: definition as unknown as StateMachineDefinition, tasks };
}

/** Invokes if the machine's role allows it; else the task fails with the error that Step Functions gives it. */
function heldInvoke(invoke: Invoke, lack: () => string | undefined): Invoke {
  return async (event) => {
    const lacking = lack();
    if (lacking === undefined) return invoke(event);
    const reason = JSON.stringify({ errorType: 'Lambda.AWSLambdaException', errorMessage: `AccessDenied: ${lacking}` });
    return { outcome: 'failed', reason };
  };
}

/** `Definition` or `DefinitionString`, with `DefinitionSubstitutions` filled in. */
function definitionOf({ Definition, DefinitionString, DefinitionSubstitutions = {} }: Json): Json {
  let text = typeof DefinitionString === 'string' ? DefinitionString : JSON.stringify(Definition);
  for (const [name, value] of Object.entries(DefinitionSubstitutions as Json)) {
    text = text.replaceAll(`\${${name}}`, String(value));
  }
  return JSON.parse(text) as Json;
}

/** The definition, in which each task has a time-out. */
function withTimeouts(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withTimeouts);
  if (typeof value !== 'object' || value === null) return value;
  const given = Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, withTimeouts(inner)]));
  if (!isTask(given) || given.TimeoutSecondsPath !== undefined) return given;
  const { TimeoutSeconds = LONGEST_TASK_SECONDS } = given;
  return { ...given, TimeoutSeconds: Math.min(Number(TimeoutSeconds), LONGEST_TASK_SECONDS) };
}

/** Every task state and its resource, also inside maps and parallel branches. */
function* taskStates(value: unknown): Iterable<[string, string]> {
  if (typeof value !== 'object' || value === null) return;
  for (const [name, inner] of Object.entries(value)) {
    if (isTask(inner)) yield [name, inner.Resource];
    else yield* taskStates(inner);
  }
}

function isTask(state: unknown): state is Json & { readonly Resource: string } {
  const { Type, Resource } = (state ?? {}) as Json;
  return Type === 'Task' && typeof Resource === 'string';
}
