import type { FunctionEvent } from '../../invoke/function-event.ts';
import { resolveValue } from '../../registration/template-values.ts';

type Json = Readonly<Record<string, unknown>>;

/** A sentence for each subscription of the service's template that is not carried out. */
export function subscriptionNotices(functions: readonly FunctionEvent[]): readonly string[] {
  const [first] = functions;
  if (first === undefined) return [];
  return Object.entries(first.registration.resources).flatMap(([logicalId, { Type, Properties = {} }]) => {
    if (Type === 'AWS::SNS::Subscription') return noticesOf(`The subscription ${logicalId}`, Properties, functions);
    if (Type !== 'AWS::SNS::Topic') return [];
    const inline = (Properties.Subscription ?? []) as readonly Json[];
    return inline.flatMap((one) => noticesOf(`A subscription of the topic ${logicalId}`, one, functions));
  });
}

function noticesOf(what: string, { Protocol, Endpoint }: Json, functions: readonly FunctionEvent[]): string[] {
  if (Protocol === 'sqs') return [];
  if (Protocol !== 'lambda') return [`${what}: The local AWS sends nothing by ${Protocol}, and ignores it`];
  const endpoint = functions[0] && resolveValue(Endpoint, functions[0].scope);
  const arn = typeof endpoint === 'string' ? endpoint : JSON.stringify(endpoint);
  if (functions.some(({ definition }) => arn.split(':')[6] === definition.name)) return [];
  return [
    `${what}: The local AWS does not invoke ${arn}, as it is no function of this service, and ignores it (give the function an sns event)`,
  ];
}
