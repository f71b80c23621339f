import type { FunctionEvent } from '../../invoke/function-event.ts';
import { resolveValue } from '../../registration/template-values.ts';

/** A mapping as a function's `events:` declare it. */
export interface DeclaredMapping {
  readonly kind: 'kinesis' | 'table' | 'queue';
  readonly event: FunctionEvent;
  /** As `serverless.yml` has it, with its intrinsic functions. */
  readonly given: Json;
  /** The same with every value known, except the filter patterns: those are JSON, and not templates. */
  readonly resolved: Json;
  /** What `resources.extensions` lays over the properties of the mapping, with every value known. */
  readonly laidOver: Json;
}

type Json = Readonly<Record<string, unknown>>;

/** The kinds of mappings by the service of the source's ARN. */
const KINDS: Readonly<Record<string, DeclaredMapping['kind']>> = {
  kinesis: 'kinesis',
  dynamodb: 'table',
  sqs: 'queue',
};

/** Their names in the logical ids of the framework. */
const LOGICAL_NAMES: Readonly<Record<DeclaredMapping['kind'], string>> = {
  kinesis: 'Kinesis',
  table: 'Dynamodb',
  queue: 'SQS',
};

/** The enabled mappings of a function. */
export function declaredMappings(event: FunctionEvent): readonly DeclaredMapping[] {
  return event.definition.events.flatMap(({ stream, sqs }) => {
    const given = asObject(stream ?? sqs);
    if (given === undefined || given.enabled === false) return [];
    const kind = kindOf(given, event);
    if (kind === undefined) return [];
    const resolved = { ...(resolveValue(given, event.scope) as Json), filterPatterns: given.filterPatterns };
    return [{ kind, event, given, resolved, laidOver: laidOver(event, kind, given.arn) }];
  });
}

/** An event source may be written as its ARN alone. */
function asObject(source: unknown): Json | undefined {
  if (source === undefined || source === null) return undefined;
  return typeof source === 'string' ? { arn: source } : (source as Json);
}

/** The kind of a mapping, by its type or its ARN; undefined if neither says it. */
export function kindOf({ type, arn }: Json, { scope }: FunctionEvent): DeclaredMapping['kind'] | undefined {
  const service = type ?? String(resolveValue(arn, scope)).split(':')[2];
  return KINDS[String(service)];
}

/** By the logical id that the framework gives the mapping: the names of the function, the kind and the source. */
function laidOver(
  { registration, functionKey, scope }: FunctionEvent,
  kind: DeclaredMapping['kind'],
  arn: unknown,
): Json {
  const functionName = capitalised(functionKey.replaceAll('-', 'Dash').replaceAll('_', 'Underscore'));
  const source = capitalised(sourceName(arn).replaceAll(/[^0-9A-Za-z]/g, ''));
  const extension = registration.extensions[`${functionName}EventSourceMapping${LOGICAL_NAMES[kind]}${source}`];
  return resolveValue(extension?.Properties ?? {}, scope) as Json;
}

function capitalised(name: string): string {
  return `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
}

/** The logical id that the ARN names or, where that is written out, the source's own name. */
function sourceName(arn: unknown): string {
  if (typeof arn === 'string') return (arn.includes('/') ? arn.split('/')[1] : arn.split(':').at(-1)) ?? '';
  const { Ref, ...intrinsic } = arn as Readonly<Record<string, string | readonly unknown[] | undefined>>;
  const { 'Fn::GetAtt': attribute, 'Fn::ImportValue': imported, 'Fn::Join': joined } = intrinsic;
  const parts = joined?.[1] as readonly unknown[] | undefined;
  return String(Ref ?? imported ?? attribute?.[0] ?? String(parts?.at(-1)).split('/').at(-1));
}
