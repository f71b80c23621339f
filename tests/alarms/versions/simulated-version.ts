import { json } from '@weir/api/src/http/answers/response.ts';
import { createAuthenticate } from '@weir/api/src/http/callers/authenticate.ts';
import { BOOTSTRAP } from '@weir/api/src/http/callers/principal.ts';
import { createAuthorize } from '@weir/api/src/keys/authorize.ts';
import { createProxyHandler } from '@weir/api/src/serve/proxy-handler.ts';
import { apiEvent } from '@weir/api/src/testing/api-event.ts';
import type { APIGatewayRequestAuthorizerEvent, Callback, Context } from 'aws-lambda';
import type { Template } from '../../templates/template.ts';
import type { Inbox } from '../simulated/inbox.ts';
import { SimulatedFunction } from '../simulated/simulated-function.ts';

const PATH = '/v1/things';
const METHOD_ARN = `arn:aws:execute-api:us-east-1:000000000000:api/production/GET${PATH}`;

/** A version of a function of the API, which its alias calls. */
export class SimulatedVersion {
  readonly fn: SimulatedFunction;
  /** While true, what the function needs, such as a table, is down. */
  lacksTable = false;
  readonly #run: (context: Context) => Promise<unknown>;

  constructor(template: Template, functionId: string, { inbox, version }: { inbox: Inbox; version: string }) {
    this.fn = new SimulatedFunction(template, functionId, inbox);
    this.fn.version = version;
    this.#run = functionId === 'AuthorizeLambdaFunction' ? this.#createAuthorizer() : this.#createHandler();
  }

  async call(at: number): Promise<void> {
    await this.fn.call({ at, takesMs: 50, run: this.#run });
  }

  #createAuthorizer() {
    const { log, meter, observe } = this.fn.telemetry;
    const identify = async () => {
      this.#expectTable();
      return BOOTSTRAP;
    };
    const authorize = createAuthorize({ identify, log, meter, budgetMs: 1_000 });
    const event = { methodArn: METHOD_ARN, headers: {} } as unknown as APIGatewayRequestAuthorizerEvent;
    return (context: Context) => observe({ context }, () => authorize(event));
  }

  /** All functions behind the API answer by this handler; their routes differ. */
  #createHandler() {
    const { log, observe } = this.fn.telemetry;
    const answer = async () => {
      this.#expectTable();
      return json(200, {});
    };
    const routes = [{ method: 'GET', path: PATH, access: 'open', answer }] as const;
    const authenticate = createAuthenticate({ log, now: () => Date.now() });
    const handler = createProxyHandler({ routes, authenticate, log, observe, corsOrigins: [] });
    const ignore: Callback = () => undefined;
    return async (context: Context) => handler(apiEvent({ path: PATH }), context, ignore);
  }

  #expectTable(): void {
    if (this.lacksTable) throw new Error('the table cannot be read');
  }
}
