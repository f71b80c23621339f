import type { FunctionEvent } from '../../invoke/function-event.ts';
import type { Invoke } from '../../invoke/lambda-invoke.ts';
import type { RegisteredFunction, ServiceRegistration } from '../../registration/service-registration.ts';
import { everyRight } from '../../testing/every-right.ts';

/** A function of a service with one function, as event sources see it. */
export function functionEvent(
  events: RegisteredFunction['events'],
  { invoke, resources = {} }: { readonly invoke: Invoke; readonly resources?: ServiceRegistration['resources'] },
): FunctionEvent {
  const definition: RegisteredFunction = { name: 'weir-api-local-shrink', timeoutSeconds: 5, events };
  const registration: ServiceRegistration = {
    ...{ name: 'weir-api', stage: 'local', region: 'eu-west-1', lambdaUrl: 'http://127.0.0.1:9' },
    ...{ resources, extensions: {}, functions: { shrink: definition } },
  };
  const scope = { resources, region: 'eu-west-1', awsUrl: 'http://127.0.0.1:4566' };
  return { registration, functionKey: 'shrink', definition, invoke, scope, lacks: everyRight };
}
