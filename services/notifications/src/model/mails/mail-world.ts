import type { Firing } from '@weir/alerts';
import type { Address } from '@weir/dynamodb/addresses';
import { createMemoryAddressesStore } from '@weir/dynamodb/addresses/memory';
import { emptyAlertsState, MemoryAlertsStore } from '@weir/dynamodb/alerts/memory';
import { createMemoryMailsStore, emptyMails } from '@weir/dynamodb/mails/memory';
import { UNSUBSCRIBE_SECRET_BYTES } from '@weir/mail';
import { sampleFiring } from '@weir/mail/testing';
import { type Chances, type Faults, VirtualProcess, type VirtualTime } from '@weir/simulation';
import type { PostResult } from '../../mail/mail-deps.ts';
import type { AlertMailMessage } from '../../mail/queue/mail-message.ts';
import { type Mailed, sendMail } from '../../mail/send-mail.ts';
import { sampleAlert } from '../../mail/testing/sample-alert.ts';

const MINUTE_MS = 60_000;
/** The queue's visibility time-out, and how often it hands over a message. */
const INVISIBLE_MS = 6 * MINUTE_MS;
const RECEIVES = 10;
export const CAP = 20;
export const COOLDOWN_MS = 10 * MINUTE_MS;

export interface MailFaults extends Faults {
  /** A message comes again although it was deleted. */
  readonly double: number;
  /** SES says that it sent nothing, or says nothing. */
  readonly unsent: number;
  readonly unknown: number;
}

/** A mail that SES sent. */
export interface Post {
  readonly firingId: string;
  readonly firedAt: number;
  readonly at: number;
}

/** The queue of mails, the function behind it, and SES, on a virtual clock. One rule fires, again and again. */
export class MailWorld {
  readonly posts: Post[] = [];
  /** What came of the messages of each firing. */
  readonly outcomes = new Map<string, (Mailed | 'failed')[]>();
  /** Firings of which a process died, stood still, or got no answer. */
  readonly troubled = new Set<string>();
  readonly mails = emptyMails();
  readonly alerts = emptyAlertsState();
  readonly #addresses = new Map<string, Address>();
  readonly #time: VirtualTime;
  readonly #chances: Chances;
  readonly #faults: MailFaults;

  constructor(time: VirtualTime, chances: Chances, faults: MailFaults) {
    this.#time = time;
    this.#chances = chances;
    this.#faults = faults;
    const rule = sampleAlert({ cooldownSeconds: COOLDOWN_MS / 1000 });
    this.alerts.alerts.set(rule.id, rule);
  }

  /** A rule fires now: its firing is stored, and its message is in the queue. */
  fire(): void {
    const start = this.#time.now - 30_000;
    const firing = sampleFiring({ bucket: { start, end: start + MINUTE_MS, interval: 'minute', closed: false } });
    this.alerts.firings.set(firing.id, firing);
    this.#receive(firing, RECEIVES);
  }

  #receive(firing: Firing, left: number): void {
    if (left === 0) return;
    let isDeleted = false;
    void this.#run(firing).then((outcome) => {
      this.outcomes.set(firing.id, [...(this.outcomes.get(firing.id) ?? []), outcome]);
      isDeleted = outcome !== 'busy' && outcome !== 'failed' && !this.#chances.is(this.#faults.double);
    });
    this.#time.after(INVISIBLE_MS, () => {
      if (!isDeleted) this.#receive(firing, left - 1);
    });
  }

  async #run(firing: Firing): Promise<Mailed | 'failed'> {
    const { turn } = new VirtualProcess(this.#time, this.#chances, this.#faults);
    const { id, alertId, bucket } = firing;
    const message: AlertMailMessage = { kind: 'alert', alertId, bucketStart: bucket.start, to: 'zoe@shop.example' };
    const deps = {
      addresses: createMemoryAddressesStore(turn, this.#addresses),
      alerts: new MemoryAlertsStore(turn, this.alerts),
      mails: createMemoryMailsStore(turn, this.mails),
      readReport: async () => undefined,
      composeAlert: async () => {
        await turn();
        return Buffer.from(`Subject: ${id}\r\n\r\n`);
      },
      post: async () => {
        await turn();
        return this.#post(firing);
      },
      ...{ from: 'weir@mail.example', apiUrl: 'https://api.example', cap: CAP },
      random: () => Buffer.alloc(UNSUBSCRIBE_SECRET_BYTES),
      now: () => this.#time.now,
    };
    let isEnded = false;
    // What takes so long has died, or stands still.
    this.#time.after(MINUTE_MS, () => {
      if (!isEnded) this.troubled.add(id);
    });
    const outcome = await sendMail(deps, message).catch(() => 'failed' as const);
    isEnded = true;
    return outcome;
  }

  #post({ id, firedAt }: Firing): PostResult {
    const error = new Error('SES');
    if (this.#chances.is(this.#faults.unsent)) return { kind: 'unsent', error };
    const isUnknown = this.#chances.is(this.#faults.unknown);
    if (isUnknown) this.troubled.add(id);
    if (!isUnknown || this.#chances.is(0.5)) this.posts.push({ firingId: id, firedAt, at: this.#time.now });
    return isUnknown ? { kind: 'unknown', error } : { kind: 'sent', sesId: id };
  }
}
