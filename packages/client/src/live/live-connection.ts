import { ProblemError, type WeirError } from '../calls/call-errors.ts';
import { LiveError } from './live-error.ts';
import {
  type Heard,
  type HeardRows,
  type LiveQuery,
  PING,
  protocolsFor,
  subscribeMessage,
  unsubscribeMessage,
} from './messages.ts';
import type { RowInbox } from './row-inbox.ts';
import type { Socket, SocketConstructor } from './socket.ts';

/** What a connection needs. */
export interface LiveDeps {
  readonly url: string;
  readonly key: string;
  readonly webSocket: SocketConstructor;
  readonly random: () => number;
  /** Calls the API with the key; rejects with a `ProblemError` if the API refuses it. */
  readonly tryKey: () => Promise<unknown>;
}

interface Subscription {
  readonly query: LiveQuery;
  readonly inbox: RowInbox;
  /** Whether its snapshot is here, and if not, whether it should be by now. */
  snapshot: 'asked' | 'late' | 'whole';
}

/** API Gateway ends a connection that was silent for 10 minutes, and each one after 2 hours. */
const PING_MS = 5 * 60_000;
const MAX_AGE_MS = 110 * 60_000;
/** No clients that came together go together: each connection is up to this share younger. */
const AGE_JITTER = 0.2;
const PONG_MS = 15_000;
/** Weir drops what cannot be sent at the moment. A snapshot that is not whole after one or two of these is asked again. */
const SNAPSHOT_MS = 15_000;
/** A handshake that is not answered. */
const OPEN_MS = 20_000;
/** The first wait before the next connection; each further one may be twice as long, up to the longest. */
const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 30_000;

type Timer = ReturnType<typeof setTimeout> | undefined;

/**
 * One WebSocket for all live rows of a client. It is open while somebody reads. When it ends, by itself or because it is
 * old, the next one asks for the same rows: what changed meanwhile comes with their snapshots.
 */
export class LiveConnection {
  readonly #deps: LiveDeps;
  readonly #subscriptions = new Map<string, Subscription>();
  #socket: Socket | undefined;
  #isOpen = false;
  #lastId = 0;
  /** Connections in a row on which nothing was heard. */
  #failures = 0;
  /** Opens the next connection, or ends one that is old. */
  #timer: Timer;
  #pingTimer: Timer;
  #snapshotTimer: Timer;
  /** Ends a connection that does not answer. */
  #answerTimer: Timer;

  constructor(deps: LiveDeps) {
    this.#deps = deps;
  }

  /** Rows go to the inbox from now on. Returns a function that ends this. */
  subscribe(query: LiveQuery, inbox: RowInbox): () => void {
    this.#lastId += 1;
    const id = String(this.#lastId);
    if (this.#isOpen) this.#socket?.send(subscribeMessage(id, query));
    // While a timer waits for the next connection, this waits too.
    else if (this.#socket === undefined && this.#timer === undefined) this.#open();
    this.#subscriptions.set(id, { query, inbox, snapshot: 'asked' });
    return () => this.#end(id);
  }

  #end(id: string): void {
    if (!this.#subscriptions.delete(id)) return;
    if (this.#subscriptions.size === 0) this.#drop();
    else if (this.#isOpen) this.#socket?.send(unsubscribeMessage(id));
  }

  #open(): void {
    const { webSocket: WebSocket, url, key } = this.#deps;
    this.#timer = undefined;
    const socket = new WebSocket(url, protocolsFor(key));
    this.#socket = socket;
    this.#answerTimer = setTimeout(() => this.#lost(), OPEN_MS);
    // A socket that was dropped may still say something.
    const ifCurrent = (listener: () => void) => {
      if (socket === this.#socket) listener();
    };
    socket.onopen = () => ifCurrent(() => this.#opened(socket));
    socket.onmessage = ({ data }: { readonly data: unknown }) => ifCurrent(() => this.#hear(String(data)));
    socket.onclose = () => ifCurrent(() => this.#lost());
    // `ws` throws if nobody listens; `close` follows.
    socket.onerror = () => {};
  }

  #opened(socket: Socket): void {
    this.#isOpen = true;
    clearTimeout(this.#answerTimer);
    for (const [id, subscription] of this.#subscriptions) {
      subscription.snapshot = 'asked';
      socket.send(subscribeMessage(id, subscription.query));
    }
    this.#snapshotTimer = setInterval(() => this.#askAgain(socket), SNAPSHOT_MS);
    this.#pingTimer = setInterval(() => this.#ping(socket), PING_MS);
    const ageMs = MAX_AGE_MS * (1 - AGE_JITTER * this.#deps.random());
    this.#timer = setTimeout(() => this.#renew(), ageMs);
  }

  #askAgain(socket: Socket): void {
    for (const [id, subscription] of this.#subscriptions) {
      if (subscription.snapshot === 'late') socket.send(subscribeMessage(id, subscription.query));
      if (subscription.snapshot === 'asked') subscription.snapshot = 'late';
    }
  }

  #ping(socket: Socket): void {
    socket.send(PING);
    this.#answerTimer = setTimeout(() => this.#lost(), PONG_MS);
  }

  #renew(): void {
    this.#drop();
    this.#open();
  }

  #hear(text: string): void {
    this.#failures = 0;
    clearTimeout(this.#answerTimer);
    const heard = JSON.parse(text) as Heard;
    if (heard.type === 'error') this.#fail(new LiveError(heard.code), heard.id);
    else if (heard.type !== 'pong') this.#take(heard);
  }

  #take({ id, rows = [], last = false, also = [] }: HeardRows): void {
    for (const part of [{ id, rows }, ...also]) this.#subscriptions.get(part.id)?.inbox.take(part.rows);
    const subscription = this.#subscriptions.get(id);
    if (subscription && last) subscription.snapshot = 'whole';
  }

  /** Fails one subscription, or all. */
  #fail(error: WeirError, id?: string): void {
    for (const [each, { inbox }] of this.#subscriptions) {
      if (id === undefined || id === each) inbox.fail(error);
    }
  }

  /** The connection ended, or could not be opened. */
  #lost(): void {
    const wasOpen = this.#isOpen;
    this.#drop();
    const waitMs = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** this.#failures);
    this.#failures += 1;
    this.#timer = setTimeout(() => this.#open(), Math.ceil(this.#deps.random() * waitMs));
    if (!wasOpen) void this.#askWhy();
  }

  /** A browser does not tell why a handshake failed; but the API does, if it is because of the key. */
  async #askWhy(): Promise<void> {
    try {
      await this.#deps.tryKey();
    } catch (error) {
      if (!(error instanceof ProblemError) || (error.status !== 401 && error.status !== 403)) return;
      this.#fail(error);
    }
  }

  /** Leaves the socket, and stops all timers. */
  #drop(): void {
    const socket = this.#socket;
    this.#socket = undefined;
    this.#isOpen = false;
    clearTimeout(this.#timer);
    clearTimeout(this.#answerTimer);
    clearInterval(this.#pingTimer);
    clearInterval(this.#snapshotTimer);
    this.#timer = undefined;
    socket?.close();
  }
}
