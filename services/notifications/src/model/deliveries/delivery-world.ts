import type { Firing } from '@weir/alerts';
import type { Delivery, Endpoint } from '@weir/dynamodb/webhooks';
import { createMemoryWebhooksStore, type WebhooksState } from '@weir/dynamodb/webhooks/memory';
import { type Chances, type Faults, VirtualProcess, type VirtualTime } from '@weir/simulation';
import type { PostRequest, PostResult } from '@weir/webhooks/sending';
import { sendDue } from '../../clock/send-due.ts';
import { deliverMessage } from '../../deliver/deliver-message.ts';
import { dispatchChange, type TableChange } from '../../dispatch/dispatch-change.ts';
import type { QueuedDelivery } from '../../queues/delivery-message.ts';
import { VirtualLanes } from './virtual-lanes.ts';
import type { VirtualReceiver } from './virtual-receiver.ts';
import { WatchedMap } from './watched-map.ts';

const MINUTE_MS = 60_000;
/** Less often than in AWS, so that schedules of days are short. */
const CLOCK_MS = 10 * MINUTE_MS;
/** After a pause or a disabling was written, a process may still act on what it read just before. */
const RACE_MS = MINUTE_MS;

export interface WorldOptions extends Faults {
  /** How often a write or a read is refused, as a write is beside a transaction. */
  readonly refuse: number;
  readonly double: number;
  readonly lose: number;
}

type StoredDelivery = WebhooksState['deliveries'] extends Map<string, infer V> ? V : never;

/** A POST as its receiver saw it. */
export interface SeenPost {
  readonly endpointId: string;
  readonly messageId: string;
  readonly at: number;
  readonly result: PostResult;
  /** Its process had lost the lease: nothing can keep such a one from posting. */
  readonly isZombie: boolean;
}

/** A stage with its table and stream, its queues and its clock; receivers; and what must hold at each POST. */
export class DeliveryWorld {
  readonly faults: string[] = [];
  readonly posts: SeenPost[] = [];
  readonly receivers = new Map<string, Pick<VirtualReceiver, 'answerAt'>>();
  /** When endpoints were disabled, with the endpoint as it was then. */
  readonly disabled: Endpoint[] = [];
  readonly exhausted: Delivery[] = [];
  /** When attempts were written to their deliveries, by `nameAttempt`: their endpoints' health was noted before. */
  readonly writtenAt = new Map<string, number>();
  /** Deliveries with an attempt whose endpoint could not be noted. */
  readonly unnoted = new Set<string>();
  readonly state: WebhooksState;
  readonly time: VirtualTime;
  readonly #chances: Chances;
  readonly #options: WorldOptions;
  readonly #lanes: VirtualLanes;
  readonly #pauses = new Map<string, { readonly from: number; readonly until: number }>();

  constructor(time: VirtualTime, chances: Chances, options: WorldOptions) {
    this.time = time;
    this.#chances = chances;
    this.#options = options;
    this.state = {
      endpoints: new WatchedMap<Endpoint>((before, after) => this.#noteEndpoint(before, after)),
      removed: new Set(),
      messages: new Map(),
      deliveries: new WatchedMap<StoredDelivery>((before, after) => this.#noteDelivery(before, after)),
    };
    this.#lanes = new VirtualLanes(time, chances, {
      ...{ double: options.double, lose: options.lose },
      deliver: (message, lane) => this.#spawn((process) => deliverMessage(this.#deliverDeps(process), message, lane)),
    });
    this.#tick();
  }

  /** The store of a process that never dies. */
  get store() {
    return createMemoryWebhooksStore(undefined, this.state);
  }

  /** The stream has a record of a firing. */
  fire(firing: Firing, before?: Firing): void {
    this.#deliver({ kind: 'firing', before, after: firing });
  }

  /** Runs a process. Rejects if it fails; never ends if it is killed. */
  async #spawn<T>(body: (process: VirtualProcess) => Promise<T>): Promise<T> {
    const process = new VirtualProcess(this.time, this.#chances, this.#options);
    const result = await body(process);
    await process.turn();
    return result;
  }

  #depsOf(process: VirtualProcess) {
    const turn = async () => {
      await process.turn();
      if (this.#chances.is(this.#options.refuse)) throw new Error('a transaction was under way');
    };
    const send = async (deliveries: readonly QueuedDelivery[]) => {
      await process.turn();
      for (const delivery of deliveries) this.#lanes.send(delivery);
    };
    return {
      store: process.lossy(createMemoryWebhooksStore(turn, this.state), () => {}),
      send: process.lossy({ send }, () => {}).send,
      countSlow: async () => this.#lanes.slow,
      now: () => this.time.now,
    };
  }

  #deliverDeps(process: VirtualProcess) {
    const deps = this.#depsOf(process);
    let lease = { name: '', until: 0 };
    const claim: typeof deps.store.claim = async (ref, attempt) => {
      const claimed = await deps.store.claim(ref, attempt);
      if (claimed) lease = { name: `${ref.endpointId} ${ref.messageId}`, until: attempt.leaseUntil };
      return claimed;
    };
    const noting = <A extends readonly unknown[], R>(call: (...args: A) => Promise<R>) => {
      return (...args: A) =>
        call(...args).catch((error: unknown) => {
          this.unnoted.add(lease.name);
          throw error;
        });
    };
    const notes = { findEndpoint: noting(deps.store.findEndpoint), setHealth: noting(deps.store.setHealth) };
    return {
      ...deps,
      ...{ store: { ...storeMethods(deps.store), ...notes, claim }, findRecent: deps.store.findEndpoint },
      post: async (request: PostRequest) => {
        await process.turn();
        return this.#receive(request, lease);
      },
      later: (ms: number, run: () => void) => {
        let isCancelled = false;
        this.time.after(ms, () => void (isCancelled || process.isKilled || run()));
        return () => {
          isCancelled = true;
        };
      },
      random: () => this.#chances.between(0, 999) / 1000,
    };
  }

  async #receive(request: PostRequest, lease: { readonly name: string; readonly until: number }): Promise<PostResult> {
    const [endpointId = '', messageId = ''] = lease.name.split(' ');
    const at = this.time.now;
    const isZombie = at >= lease.until;
    if (!isZombie) this.#checkPost(endpointId, lease);
    if (request.headers['webhook-id'] !== messageId) this.faults.push(`${messageId} was posted under another id`);
    const result = this.receivers.get(endpointId)?.answerAt(at) as PostResult;
    this.posts.push({ endpointId, messageId, at, result, isZombie });
    await new Promise((resolve) => this.time.after(result.durationMs, () => resolve(0)));
    return result;
  }

  #checkPost(endpointId: string, { name, until }: { readonly name: string; readonly until: number }): void {
    const { now } = this.time;
    const delivery = this.state.deliveries.get(name);
    if (delivery?.status !== 'pending') this.faults.push(`${name} was posted although it is ${delivery?.status}`);
    else if (delivery.leaseUntil !== until) this.faults.push(`${name} was posted beside another process`);
    const since = this.state.endpoints.get(endpointId)?.disabled?.since ?? now;
    if (now - since > RACE_MS) this.faults.push(`${name} was posted to a disabled endpoint`);
    const pause = this.#pauses.get(endpointId);
    if (pause && now > pause.from + RACE_MS && now < pause.until) this.faults.push(`${name} was posted in a pause`);
  }

  #noteEndpoint(before: Endpoint | undefined, after: Endpoint): void {
    this.#notePause(before, after);
    if (!after.disabled || before?.disabled) return;
    this.disabled.push(after);
    this.#deliver({ kind: 'endpoint', before, after });
  }

  /** Only its end, or the owner, ends a pause. */
  #notePause(before: Endpoint | undefined, { id, revision, health: { pausedUntil } }: Endpoint): void {
    const isOfOwner = revision !== before?.revision && pausedUntil === undefined;
    if (isOfOwner) this.#pauses.delete(id);
    const until = this.#pauses.get(id)?.until ?? 0;
    if (pausedUntil === undefined || pausedUntil <= until) return;
    this.#pauses.set(id, { from: this.time.now, until: pausedUntil });
  }

  #noteDelivery(before: StoredDelivery | undefined, after: StoredDelivery): void {
    const last = after.attempts.at(-1);
    const name = last && nameAttempt(after, last.at);
    if (name && !this.writtenAt.has(name)) this.writtenAt.set(name, this.time.now);
    const isExhausted = after.reason === 'exhausted' && before?.reason !== 'exhausted';
    if (isExhausted) this.exhausted.push(after);
    const isAsked = after.askedAt !== undefined && after.askedAt !== before?.askedAt;
    if (isExhausted || isAsked) this.#deliver({ kind: 'delivery', before, after: { ...after, isAsked } });
  }

  /** The stream: a record comes again until it is processed, and now and then once more. */
  #deliver(change: TableChange): void {
    const run = () => {
      let isDone = false;
      this.#spawn((process) => dispatchChange(this.#depsOf(process), change)).then(
        () => {
          isDone = true;
        },
        () => {},
      );
      this.time.after(5 * MINUTE_MS, () => void (isDone || run()));
    };
    this.time.after(this.#chances.between(100, 3000), run);
    if (this.#chances.is(this.#options.double)) this.time.after(this.#chances.between(1, 60) * MINUTE_MS, run);
  }

  #tick(): void {
    this.time.after(CLOCK_MS, () => {
      void this.#spawn((process) => sendDue(this.#depsOf(process))).catch(() => {});
      this.#tick();
    });
  }
}

/** A delivery's attempt, by the time of its POST in milliseconds. */
export function nameAttempt({ endpointId, messageId }: Pick<SeenPost, 'endpointId' | 'messageId'>, at: number): string {
  return `${endpointId} ${messageId} ${at}`;
}

/** The methods that an attempt uses, as a plain object. */
function storeMethods(store: ReturnType<typeof createMemoryWebhooksStore>) {
  const { finish, findMessage, disableEndpoint, removeDelivery } = store;
  return { finish, findMessage, disableEndpoint, removeDelivery };
}
