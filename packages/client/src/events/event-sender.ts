import type { Accepted } from '../api/schemas.ts';
import type { Request } from '../calls/build-request.ts';
import { ProblemError } from '../calls/call-errors.ts';
import type { CallOptions, Reply } from '../calls/send-request.ts';
import { cutPages, fillsPage, MAX_PAGE_BYTES, type Page, pageBody } from './cut-pages.ts';
import { type Entry, toEntry } from './entry.ts';
import { BufferFullError, SenderClosedError } from './event-errors.ts';
import { readProblem, readRejected } from './read-refusals.ts';
import type { ClientEvent, GivenUp } from './types.ts';
import { whenHidden } from './when-hidden.ts';

/** How a sender batches. */
export interface SenderOptions {
  /** Called with events that the API did not take: keep them, or log them. They have their ids and may be sent again. */
  readonly onGivenUp: (givenUp: GivenUp) => void;
  /** How long an event waits for others to share its request, in milliseconds; default 500. */
  readonly lingerMs?: number;
  /** The bytes that events in the buffer or on their way may have as JSON; default 4 MiB. */
  readonly maxBufferedBytes?: number;
  /** The number of sends that may wait for room before further ones are refused; default 1,000. */
  readonly maxWaiting?: number;
  /** How long a request's events are tried, in milliseconds; default as the client's calls. At most 50 minutes. */
  readonly timeoutMs?: number | undefined;
}

/** What a sender needs. */
export interface SenderDeps {
  /** Sends a request, and sends it again as `sendRequest` does. */
  readonly request: (request: Request, options: CallOptions) => Promise<Reply>;
  readonly newId: () => string;
  readonly now: () => number;
}

interface Flight {
  readonly page: Page;
  readonly isKept: boolean;
}

const MIB = 1024 * 1024;
/** Weir knows a copy of an event for an hour, and an attempt may arrive some minutes late. */
const MAX_TIMEOUT_MS = 50 * 60_000;

/** Sends events in few requests, within bounded memory, each under an id: however often it is sent, it counts once. */
export class EventSender {
  readonly #deps: SenderDeps;
  readonly #options: Required<SenderOptions>;
  #queue: Entry[] = [];
  #queueBytes = 0;
  #bufferedBytes = 0;
  /** The bodies that go on when the page is gone. */
  #keptBytes = 0;
  #isClosed = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #flights = new Map<Promise<void>, Flight>();
  readonly #waiting: (() => void)[] = [];
  readonly #stopListening: () => void;

  constructor(deps: SenderDeps, options: SenderOptions) {
    const { onGivenUp, lingerMs = 500, maxBufferedBytes = 4 * MIB, maxWaiting = 1_000, timeoutMs } = options;
    if (timeoutMs !== undefined && timeoutMs > MAX_TIMEOUT_MS) {
      throw new RangeError(`timeoutMs must be at most ${MAX_TIMEOUT_MS}: later copies would count again`);
    }
    this.#deps = deps;
    this.#options = { onGivenUp, lingerMs, maxBufferedBytes, maxWaiting, timeoutMs };
    this.#stopListening = whenHidden(() => this.#hide());
  }

  /**
   * Takes an event. Resolves when it is buffered, and waits while the buffer is full: await it, or `flush`. If it
   * rejects, with `InvalidEventError`, `BufferFullError` or `SenderClosedError`, the event was not taken.
   */
  async send(event: ClientEvent): Promise<void> {
    this.#expectOpen();
    const entry = toEntry(event, this.#deps);
    while (!this.#hasRoom(entry)) {
      await this.#untilRoom();
      this.#expectOpen();
    }
    this.#queue.push(entry);
    this.#queueBytes += entry.bytes;
    this.#bufferedBytes += entry.bytes;
    if (fillsPage(this.#queue.length, this.#queueBytes)) this.#cut();
    else this.#timer ??= setTimeout(() => this.#cut(), this.#options.lingerMs);
  }

  /** Sends what is buffered now. Resolves when every event taken before was accepted, or was handed to `onGivenUp`. */
  async flush(): Promise<void> {
    this.#cut();
    await Promise.all(this.#flights.keys());
  }

  /** Takes no more events, and flushes. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#stopListening();
    await this.flush();
  }

  #expectOpen(): void {
    if (this.#isClosed) throw new SenderClosedError('the sender is closed: the event was not taken');
  }

  /** One event always has room; otherwise it could never be sent. */
  #hasRoom({ bytes }: Entry): boolean {
    return this.#bufferedBytes === 0 || this.#bufferedBytes + bytes <= this.#options.maxBufferedBytes;
  }

  #untilRoom(): Promise<void> {
    if (this.#waiting.length >= this.#options.maxWaiting) {
      throw new BufferFullError(`${this.#waiting.length} events wait for room already: await send()`);
    }
    // Events that fill the buffer should be on their way, not lingering.
    this.#cut();
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  /** The page may end now: whatever has no answer yet is sent in a way that goes on. A copy counts once. */
  #hide(): void {
    const earlier = [...this.#flights.values()].filter(({ isKept }) => !isKept);
    this.#cut(true);
    for (const { page } of earlier) {
      if (this.#fitsKept(page)) void this.#request(page, true).catch(() => {});
    }
  }

  /** Sends the queue. */
  #cut(isLast = false): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const pages = cutPages(this.#queue);
    this.#queue = [];
    this.#queueBytes = 0;
    for (const page of pages) {
      const isKept = isLast && this.#fitsKept(page);
      const flight: Promise<void> = this.#put(page, isKept).then(() => {
        this.#flights.delete(flight);
      });
      this.#flights.set(flight, { page, isKept });
    }
  }

  #fitsKept({ bytes }: Page): boolean {
    return this.#keptBytes + bytes <= MAX_PAGE_BYTES;
  }

  async #put(page: Page, isKept: boolean): Promise<void> {
    const { entries } = page;
    try {
      const { text } = await this.#request(page, isKept);
      for (const refused of readRejected(entries, JSON.parse(text) as Accepted)) this.#giveUp(refused);
    } catch (error) {
      const all = { events: entries.map(({ event }) => event), error: error as Error };
      for (const refused of error instanceof ProblemError ? readProblem(entries, error) : [all]) this.#giveUp(refused);
    }
    for (const { bytes } of entries) this.#bufferedBytes -= bytes;
    for (const wake of this.#waiting.splice(0)) wake();
  }

  /** Without an Idempotency-Key: the ids do the same, and a remembered request costs Weir two writes. */
  async #request(page: Page, keepalive: boolean): Promise<Reply> {
    const headers = { 'content-type': 'application/json' };
    const kept = keepalive ? page.bytes : 0;
    this.#keptBytes += kept;
    try {
      const request = { method: 'POST', target: '/events', headers, body: pageBody(page), keepalive };
      return await this.#deps.request(request, { timeoutMs: this.#options.timeoutMs });
    } finally {
      this.#keptBytes -= kept;
    }
  }

  /** A listener that throws must not leave the buffer full for ever. */
  #giveUp(givenUp: GivenUp): void {
    try {
      this.#options.onGivenUp(givenUp);
    } catch (thrown) {
      queueMicrotask(() => {
        throw thrown;
      });
    }
  }
}
