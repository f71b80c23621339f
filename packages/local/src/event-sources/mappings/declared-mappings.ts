import type { FunctionEvent } from '../../invoke/function-event.ts';
import { resolveValue } from '../../registration/template-values.ts';

/** A mapping as a function's `events:` declare it. */
export interface DeclaredMapping {
  readonly kind: 'kinesis';
  readonly event: FunctionEvent;
  /** As `serverless.yml` has it, with its intrinsic functions. */
  readonly given: Json;
  /** The same with every value known, except the filter patterns: those are JSON, and not templates. */
  readonly resolved: Json;
  /** What `resources.extensions` lays over the properties of the mapping, with every value known. */
  readonly laidOver: Json;
}

type Json = Readonly<Record<string, unknown>>;

/** The enabled mappings of a function. */
export function declaredMappings(event: FunctionEvent): readonly DeclaredMapping[] {
  return event.definition.events.flatMap(({ stream }) => {
    const given = asObject(stream);
    if (given === undefined || given.enabled === false) return [];
    const kind = streamKind(given, event);
    if (kind === undefined) return [];
    const resolved = { ...(resolveValue(given, event.scope) as Json), filterPatterns: given.filterPatterns };
    return [{ kind, event, given, resolved, laidOver: laidOver(event, 'Kinesis') }];
  });
}

/** An event source may be written as its ARN alone. */
function asObject(source: unknown): Json | undefined {
  if (source === undefined || source === null) return undefined;
  return typeof source === 'string' ? { arn: source } : (source as Json);
}

function streamKind({ type, arn }: Json, { scope }: FunctionEvent): DeclaredMapping['kind'] | undefined {
  const service = type ?? String(resolveValue(arn, scope)).split(':')[2];
  return service === 'kinesis' ? 'kinesis' : undefined;
}

/** The logical id of a mapping that the framework generates begins with the function's name. */
function laidOver({ registration, functionKey, scope }: FunctionEvent, service: string): Json {
  const prefix = `${functionKey.charAt(0).toUpperCase()}${functionKey.slice(1)}EventSourceMapping${service}`;
  const extension = Object.entries(registration.extensions).find(([logicalId]) => logicalId.startsWith(prefix));
  return resolveValue(extension?.[1].Properties ?? {}, scope) as Json;
}
