import { propertiesOf, resourcesOf, type Template, target } from '../../templates/template.ts';
import type { Inbox } from '../simulated/inbox.ts';

/** Who gave the answer: API Gateway itself, or a function through it. */
export type Answered = { readonly by: 'function'; readonly status: number } | { readonly by: 'gateway' };

/** What AWS/ApiGateway reports of a REST API's stage. */
export class SimulatedGateway {
  readonly #inbox: Inbox;
  readonly #dimensions: Readonly<Record<string, string>>;

  constructor(template: Template, inbox: Inbox) {
    this.#inbox = inbox;
    this.#dimensions = {
      ApiName: propertiesOf(template, 'ApiGatewayRestApi').Name as string,
      Stage: propertiesOf(template, 'ApiStage').StageName as string,
    };
  }

  /** A minute without a request has no values; one with requests has a value of each metric for each of them. */
  report(at: number, answered: Answered): void {
    const is5xx = answered.by === 'function' && answered.status >= 500;
    // "API Gateway counts modified gateway response status codes as 4XXError": ours all have a status code of their own.
    const is4xx = answered.by === 'gateway' || (answered.status >= 400 && answered.status < 500);
    for (const [name, value] of [
      ['Count', 1],
      ['4XXError', Number(is4xx)],
      ['5XXError', Number(is5xx)],
    ] as const) {
      this.#inbox.put({ namespace: 'AWS/ApiGateway', name, dimensions: this.#dimensions, at, value });
    }
  }
}

/** The functions that API Gateway may call, by logical id. */
export function functionsBehindGateway(template: Template): readonly string[] {
  return resourcesOf(template, 'AWS::Lambda::Permission')
    .filter(([, { Properties }]) => Properties.Principal === 'apigateway.amazonaws.com')
    .flatMap(([, { Properties }]) => target(Properties.FunctionName) ?? []);
}
