import type { FunctionEvent } from '../../invoke/function-event.ts';
import { kindOf } from './declared-mappings.ts';

type Json = Readonly<Record<string, unknown>>;

/** The kinds of events that the local AWS, the API's door or serverless-offline carry out. */
const SUPPORTED = new Set(['http', 'schedule', 's3', 'sns', 'stream', 'sqs', 'websocket']);

/**
 * Names each event of a function that nothing on this machine carries out, so that nobody waits for it. Each sentence
 * begins with the name of the function.
 */
export function unsupportedEvents(event: FunctionEvent): readonly string[] {
  const { name, events } = event.definition;
  return events.flatMap((declared) =>
    Object.entries(declared).flatMap(([type, given]) => {
      if (!SUPPORTED.has(type)) return [`${name}: The local AWS does not support ${type} events, and ignores this one`];
      return problemsOf(type, given, event).map((problem) => `${name}: ${problem}`);
    }),
  );
}

function problemsOf(type: string, given: unknown, event: FunctionEvent): readonly string[] {
  if (typeof given !== 'object' || given === null) return [];
  const declared = given as Json;
  if (type === 'schedule' && (declared.inputPath ?? declared.inputTransformer) !== undefined) {
    return ['The local AWS sends the whole event of a schedule, and ignores inputPath and inputTransformer'];
  }
  if (type === 'stream' && declared.consumer !== undefined) {
    return ['The local AWS reads a stream without enhanced fan-out, and ignores the consumer'];
  }
  if ((type === 'stream' || type === 'sqs') && kindOf(declared, event) === undefined) {
    return [`The local AWS cannot tell what ${JSON.stringify(declared.arn)} is, and ignores this event`];
  }
  return [];
}
