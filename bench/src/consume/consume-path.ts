import { encodeLogEntry, type LogEntry } from '@weir/aggregates';
import { type Decoded, decodeRecords, type StreamRecord } from '@weir/events';
import { packLines } from '@weir/ingest-stream/src/archive/archive-objects.ts';
import { type AdmittedActions, createAdmittedActions } from '@weir/ingest-stream/src/consume/admit-actions.ts';
import { createHashEvent, type HashEvent } from '@weir/ingest-stream/src/consume/event-hashes.ts';
import { IdWindow } from '@weir/ingest-stream/src/consume/id-window.ts';
import { type EntryPlan, forgetIds, planEntry } from '@weir/ingest-stream/src/consume/plan-entry.ts';

const SHARD_ID = 'shardId-000000000000';
const WINDOW_SECONDS = 3600;

/** The consumer's work on a batch, without Kinesis and the network, in the consumer's own steps. */
export interface ConsumePath {
  /** Decodes and checks. */
  decode(batch: readonly StreamRecord[]): Decoded[];
  /** Drops duplicates and folds with sketches. */
  plan(items: readonly Decoded[]): EntryPlan[];
  encode(plans: readonly EntryPlan[]): number;
  /** Makes the archive's lines, compresses and hashes them. */
  pack(plans: readonly EntryPlan[]): number;
  /** Forgets the ids, so that the same records count again. */
  forget(plans: readonly EntryPlan[]): void;
}

/** The path of a warm consumer: its actions are admitted, and its window holds `heldIds` ids. */
export async function openConsumePath({ actions, heldIds, now }: PathOptions): Promise<ConsumePath> {
  const counting = { ...(await admitAll(actions)), hashEvent: createHashEvent('secret') };
  const window = new IdWindow(WINDOW_SECONDS);
  const nowSeconds = Math.floor(now / 1000);
  while (window.size < heldIds) {
    const words = crypto.getRandomValues(new Uint32Array(16_384));
    for (let i = 0; i < words.length && window.size < heldIds; i += 2) {
      window.add(words[i] as number, words[i + 1] as number, nowSeconds - (window.size % WINDOW_SECONDS));
    }
  }
  return {
    decode: (batch) => decodeRecords(batch),
    plan: (items) => planAll(items, window, counting),
    encode: (plans) => plans.reduce((bytes, plan) => bytes + encodeLogEntry(entryOf(plan)).length, 0),
    pack: (plans) => plans.reduce((bytes, { archiveLines }) => bytes + packAll(archiveLines), 0),
    forget: (plans) => {
      for (const plan of plans) forgetIds(window, plan);
    },
  };
}

export interface PathOptions {
  readonly actions: readonly string[];
  readonly heldIds: number;
  /** Epoch milliseconds. */
  readonly now: number;
}

/** The baseline: the least work of any consumer. */
export function parseEach(records: readonly StreamRecord[]): unknown[] {
  const values: unknown[] = [];
  for (const record of records) values.push(JSON.parse(Buffer.from(record.data, 'base64').toString('utf8')));
  return values;
}

/** How the consumer names actions and identifies events. */
interface Counting extends AdmittedActions {
  readonly hashEvent: HashEvent;
}

function planAll(items: readonly Decoded[], window: IdWindow, { nameFor, hashEvent }: Counting): EntryPlan[] {
  const plans: EntryPlan[] = [];
  for (let left = items; left.length > 0; ) {
    const plan = planEntry(left, {
      shardId: SHARD_ID,
      from: undefined,
      window,
      windowSeconds: WINDOW_SECONDS,
      hashEvent,
      nameFor,
      userActivity: false,
    });
    plans.push(plan);
    left = left.slice(plan.taken);
  }
  return plans;
}

function packAll(lines: EntryPlan['archiveLines']): number {
  return packLines((out) => lines.writeTo(out)).bytes.length;
}

function entryOf({ content }: EntryPlan): LogEntry {
  return { ...content, appendedAt: content.lastArrival, archive: '0'.repeat(32), quarantine: undefined };
}

async function admitAll(actions: readonly string[]): Promise<AdmittedActions> {
  const taken: string[] = [];
  const slots = {
    readSlots: async (after: number) => taken.slice(after + 1),
    takeSlot: async (_slot: number, action: string) => taken.push(action) > 0,
  };
  const admitted = createAdmittedActions({ slots, maxActions: 1000 });
  await admitted.admit(actions);
  return admitted;
}
