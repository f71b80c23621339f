import { createThumbnailHandler } from '@weir/api/src/avatars/settle/thumbnail-handler.ts';
import { createEventsRoutes } from '@weir/api/src/events/events-routes.ts';
import { createAuthenticate } from '@weir/api/src/http/callers/authenticate.ts';
import { BOOTSTRAP } from '@weir/api/src/http/callers/principal.ts';
import { createAuthorize } from '@weir/api/src/keys/authorize.ts';
import { createStageLimit } from '@weir/api/src/rate-limit/stage-limit.ts';
import { createStageRedis } from '@weir/api/src/redis/stage-redis.ts';
import { createServe } from '@weir/api/src/serve/serve.ts';
import { apiEvent } from '@weir/api/src/testing/api-event.ts';
import { createAvatarsWorld } from '@weir/api/src/testing/avatars-world.ts';
import { createStubEventStream } from '@weir/api/src/testing/stub-event-stream.ts';
import type { APIGatewayRequestAuthorizerEvent, Callback, S3Event } from 'aws-lambda';
import { propertiesOf, type Template } from '../../templates/template.ts';
import { resolve } from '../cloudwatch/alarm.ts';
import { MINUTE_MS, SECOND_MS } from '../simulated/clock.ts';
import { Inbox } from '../simulated/inbox.ts';
import { SimulatedFunction, TRIES_AT_MS } from '../simulated/simulated-function.ts';
import type { World } from '../situation.ts';
import { SimulatedErasures } from './simulated-erasures.ts';
import { type Answered, SimulatedGateway } from './simulated-gateway.ts';
import { SimulatedRedis } from './simulated-redis.ts';

const METHOD_ARN = 'arn:aws:execute-api:us-east-1:000000000000:api/production/POST/v1/events';

/** The service api: the real handlers behind API Gateway, and the handlers that S3 and Step Functions call. */
export class ApiWorld implements World {
  readonly inbox = new Inbox();
  readonly authorizer: SimulatedFunction;
  /** The function that takes events: API Gateway calls the other functions in the same way. */
  readonly events: SimulatedFunction;
  readonly stream = createStubEventStream();
  readonly redis = new SimulatedRedis();
  areKeysReadable = true;
  isUsersTableDown = false;
  /** The seconds at which requests come in the minute that begins at `minute`. */
  traffic: (minute: number) => readonly number[] = () => [];
  /** The body that callers send instead of an event. */
  body: string | undefined;
  /** A picture is uploaded each time so many minutes have passed; undefined: none is. */
  minutesBetweenUploads: number | undefined;
  /** Messages in the dead-letter queue. */
  deadLetters = 0;
  readonly erasures: SimulatedErasures;
  /** Gives the bootstrap key a new value. */
  readonly rotation: SimulatedFunction;
  isRotating = false;
  readonly #template: Template;
  readonly #gateway: SimulatedGateway;
  readonly thumbnail: SimulatedFunction;
  readonly #authorize: ReturnType<typeof createAuthorize>;
  readonly #serve: ReturnType<typeof createServe>;
  readonly #makeThumbnail: ReturnType<typeof createThumbnailHandler>;
  #minute = 0;
  /** The times at which Lambda calls the function with an uploaded picture, and whether each is the last try. */
  #tries: { readonly at: number; readonly upload: number; readonly isLast: boolean }[] = [];
  /** The uploads that the function has worked on. */
  readonly #settled = new Set<number>();

  constructor(template: Template) {
    this.#template = template;
    this.#gateway = new SimulatedGateway(template, this.inbox);
    this.authorizer = new SimulatedFunction(template, 'AuthorizeLambdaFunction', this.inbox);
    this.events = new SimulatedFunction(template, 'EventsLambdaFunction', this.inbox);
    this.erasures = new SimulatedErasures(template, this.inbox);
    this.rotation = new SimulatedFunction(template, 'RotateLambdaFunction', this.inbox);
    this.thumbnail = new SimulatedFunction(template, 'ThumbnailLambdaFunction', this.inbox);
    this.#authorize = this.#createAuthorize();
    this.#serve = this.#createServe();
    this.#makeThumbnail = this.#createThumbnailHandler();
  }

  async runMinute(at: number): Promise<void> {
    this.#minute = at + MINUTE_MS;
    for (const second of this.traffic(at)) {
      const askedAt = at + second * SECOND_MS;
      const answered = await this.#answer(askedAt);
      this.#gateway.report(askedAt, { ...answered, latencyMs: answered.at - askedAt });
    }
    if (this.minutesBetweenUploads && (at / MINUTE_MS) % this.minutesBetweenUploads === 0) this.upload();
    await this.#makeThumbnails(at + MINUTE_MS);
    await this.erasures.runMinute(at);
    if (this.isRotating) await this.rotation.call({ at, takesMs: 100, run: async () => undefined });
    this.#reportDeadLetters(at);
  }

  /** Uploads a picture. */
  upload(): void {
    const last = TRIES_AT_MS.length - 1;
    const upload = this.#minute;
    this.#tries.push(...TRIES_AT_MS.map((waitMs, i) => ({ at: upload + waitMs, upload, isLast: i === last })));
  }

  /** An execution of the state machine of erasures ends. The name is a metric of AWS/States, which sends no zeros. */
  endExecution(name: string): void {
    const dimensions = { StateMachineArn: resolve(this.#template, { Ref: 'ErasureMachine' }) };
    this.inbox.put({ namespace: 'AWS/States', name, dimensions, at: this.#minute, value: 1 });
  }

  async #answer(at: number): Promise<Answered & { readonly at: number }> {
    const { authorizer, events } = this;
    const authorizerEvent = { methodArn: METHOD_ARN, headers: {} } as unknown as APIGatewayRequestAuthorizerEvent;
    const allowed = await authorizer.call({
      ...{ at, takesMs: 20 },
      run: (context) => authorizer.telemetry.observe({ context }, () => this.#authorize(authorizerEvent)),
    });
    if (allowed.kind !== 'returned') return { by: 'gateway', reason: 'AUTHORIZER_FAILURE', at: allowed.at };
    const body = this.body ?? JSON.stringify({ events: [{ userId: 'u1', action: 'a', timestamp: at }] });
    const request = apiEvent({ method: 'POST', path: '/v1/events', body });
    const ended = await events.call({
      ...{ at: allowed.at, takesMs: 50 },
      run: (context) => events.telemetry.observe({ context }, () => this.#serve(request, context)),
    });
    if (ended.kind !== 'returned') return { by: 'gateway', reason: 'INTEGRATION_FAILURE', at: ended.at };
    return { by: 'function', status: ended.result.statusCode, at: ended.at };
  }

  #createAuthorize() {
    const { log, meter } = this.authorizer.telemetry;
    const identify = async () => {
      if (!this.areKeysReadable) throw new Error('the table of keys cannot be read');
      return BOOTSTRAP;
    };
    return createAuthorize({ identify, log, meter, budgetMs: 1_000 });
  }

  #createServe() {
    const { log, meter } = this.events.telemetry;
    const now = () => Date.now();
    const routes = createEventsRoutes({ stream: this.stream, now, newId: () => 'id', meter });
    const config = { stage: 'test', ratePerSecond: 100, burst: 1_000 };
    const createClient = async () => this.redis.createClient();
    const where = { redisUrl: 'redis://simulated', redisSecret: '', redisUser: '', region: '' };
    const redis = createStageRedis({ config: where, now, meter, log, createClient });
    const limitRate = createStageLimit({ config, redis, now });
    return createServe({ routes, authenticate: createAuthenticate({ log, now }), limitRate, log });
  }

  #createThumbnailHandler() {
    const { deps } = createAvatarsWorld();
    const find = async () => {
      if (this.isUsersTableDown) throw new Error('the table of users cannot be read');
      return undefined;
    };
    return createThumbnailHandler(this.thumbnail.telemetry, { ...deps, uploads: { ...deps.uploads, find } });
  }

  async #makeThumbnails(until: number): Promise<void> {
    const due = this.#tries.filter(({ at }) => at < until);
    this.#tries = this.#tries.filter(({ at }) => at >= until);
    const key = `uploads/${'0'.repeat(64)}/00000000-0000-4000-8000-000000000000`;
    const event = { Records: [{ s3: { object: { key } } }] } as unknown as S3Event;
    for (const { at, upload, isLast } of due) {
      if (this.#settled.has(upload)) continue;
      const ignore: Callback<void> = () => undefined;
      const ended = await this.thumbnail.call({
        ...{ at, takesMs: 500 },
        run: (context) => this.#makeThumbnail(event, context, ignore),
      });
      if (ended.kind === 'returned') this.#settled.add(upload);
      else if (isLast) this.deadLetters++;
    }
  }

  /** SQS reports a queue's length while the queue holds a message, and for six hours after that. */
  #reportDeadLetters(at: number): void {
    const dimensions = { QueueName: propertiesOf(this.#template, 'ThumbnailDeadLetters').QueueName as string };
    if (this.deadLetters === 0) return;
    this.inbox.put({
      ...{ namespace: 'AWS/SQS', name: 'ApproximateNumberOfMessagesVisible' },
      ...{ dimensions, at, value: this.deadLetters },
    });
  }
}
