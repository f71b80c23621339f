import type { FunctionEvent } from '../../invoke/function-event.ts';
import { resolveValue } from '../../registration/template-values.ts';

/** A mapping as a function's `events:` declare it. */
export interface DeclaredMapping {
  readonly kind: 'kinesis' | 'table';
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
const KINDS: Readonly<Record<string, DeclaredMapping['kind']>> = { kinesis: 'kinesis', dynamodb: 'table' };

/** Their names in the logical ids of the framework. */
const LOGICAL_NAMES: Readonly<Record<DeclaredMapping['kind'], string>> = { kinesis: 'Kinesis', table: 'Dynamodb' };

/** The enabled mappings of a function. */
export function declaredMappings(event: FunctionEvent): readonly DeclaredMapping[] {
  return event.definition.events.flatMap(({ stream }) => {
    const given = asObject(stream);
    if (given === undefined || given.enabled === false) return [];
    const kind = streamKind(given, event);
    if (kind === undefined) return [];
    const resolved = { ...(resolveValue(given, event.scope) as Json), filterPatterns: given.filterPatterns };
    return [{ kind, event, given, resolved, laidOver: laidOver(event, kind) }];
  });
}

/** An event source may be written as its ARN alone. */
function asObject(source: unknown): Json | undefined {
  if (source === undefined || source === null) return undefined;
  return typeof source === 'string' ? { arn: source } : (source as Json);
}

function streamKind({ type, arn }: Json, { scope }: FunctionEvent): DeclaredMapping['kind'] | undefined {
  const service = type ?? String(resolveValue(arn, scope)).split(':')[2];
  return KINDS[String(service)];
}

/** The logical id of a mapping that the framework generates begins with the function's name. */
function laidOver({ registration, functionKey, scope }: FunctionEvent, kind: DeclaredMapping['kind']): Json {
  const name = `${functionKey.charAt(0).toUpperCase()}${functionKey.slice(1)}`;
  const prefix = `${name}EventSourceMapping${LOGICAL_NAMES[kind]}`;
  const extension = Object.entries(registration.extensions).find(([logicalId]) => logicalId.startsWith(prefix));
  return resolveValue(extension?.[1].Properties ?? {}, scope) as Json;
}
