import type { CallCost, Counts } from './counts.ts';
import { ASSUMED, DOLLARS } from './prices.ts';
import { gigabyteSecondsOf, waitMsOf } from './time-of-call.ts';

const MILLION = 1e6;
const GIGABYTE = 1e9;
const HOUR_SECONDS = 3600;
/** Days that the table keeps an entry, of a month of 30. */
const ENTRY_MONTHS = 9 / 30;

/** How events come: so many of all producers together, and so many in a request of the API, or on the stream directly. */
export interface Traffic {
  readonly eventsPerSecond: number;
  readonly eventsPerRequest: 1 | 100 | undefined;
}

/** Dollars of one line of the bill. */
export type CostLines = Readonly<Record<string, number>>;

/** What a million events cost in production, by line. */
export function costOfMillion(counts: Counts, traffic: Traffic): CostLines {
  const shards = Math.max(1, Math.ceil(traffic.eventsPerSecond / ASSUMED.recordsPerShard));
  const seconds = MILLION / traffic.eventsPerSecond;
  const perShard = String(traffic.eventsPerSecond / shards);
  const flow = entryOf(counts.flows, perShard);
  const consume = entryOf(counts.calls, `ingest-stream/consume: ${perShard} records`);
  const evaluate = entryOf(counts.calls, 'notifications/evaluate: an entry');
  const { megabytes, retentionHours } = counts.stages.production;
  const timeOf = (call: CallCost, name: string) => gigabyteSecondsOf(call, entryOf(megabytes, name));
  // A fold's statements come on top of what each batch calls.
  const folds = waitMsOf(callsOf(flow.calls, 'dynamodb:Batch')) / 1000;
  const foldTime = (folds * entryOf(megabytes, 'ingest-stream/consume')) / 1024;
  const shardHour = DOLLARS.shardHour + (retentionHours > 24 ? DOLLARS.shardHourKept : 0);
  const api = costOfRequests(counts, traffic, seconds);
  const logBytes = flow.batches * (consume.logBytes + evaluate.logBytes + 2 * ASSUMED.platformLogBytes) + api.logBytes;
  const objectWrites = sumOf(callsOf(flow.calls, 's3:Put', 's3:List'));
  const objectReads = sumOf(callsOf(flow.calls, 's3:Get', 's3:Head'));
  return {
    'API Gateway': api.gateway,
    'functions of the API': api.functions,
    'records put': MILLION * DOLLARS.putUnit,
    shards: ((shards * seconds) / HOUR_SECONDS) * shardHour,
    'function consume':
      flow.batches * (timeOf(consume, 'ingest-stream/consume') * DOLLARS.gigabyteSecond + DOLLARS.invocation) +
      foldTime * DOLLARS.gigabyteSecond,
    'function evaluate':
      flow.batches * (timeOf(evaluate, 'notifications/evaluate') * DOLLARS.gigabyteSecond + DOLLARS.invocation),
    'table, writes': flow.writeUnits * DOLLARS.writeUnit,
    'table, reads': (flow.readUnits + flow.batches * evaluate.readUnits) * DOLLARS.readUnit,
    'archive, requests': objectWrites * DOLLARS.objectWrite + objectReads * DOLLARS.objectRead,
    'archive, a month kept': (flow.objectBytes / GIGABYTE) * DOLLARS.objectGigabyteMonth,
    'log entries, nine days':
      (flow.entryBytes / GIGABYTE) * ENTRY_MONTHS * (DOLLARS.tableGigabyteMonth + DOLLARS.recoveryGigabyteMonth),
    'CloudWatch logs': (logBytes / GIGABYTE) * (DOLLARS.logGigabyte + ASSUMED.logMonths * DOLLARS.logGigabyteMonth),
    'X-Ray': seconds * (2 * tracesOf(shards) + api.tracesPerSecond) * DOLLARS.trace,
    KMS:
      (seconds / ASSUMED.kmsSeconds) *
      (ASSUMED.kmsRequestsOfStage + shards * ASSUMED.kmsRequestsPerShard) *
      DOLLARS.kmsRequest,
  };
}

export function totalOf(lines: CostLines): number {
  return sumOf(lines);
}

/** What the door of HTTP adds. One key sends all requests: the authorizer is asked about it once a minute. */
function costOfRequests(counts: Counts, { eventsPerSecond, eventsPerRequest }: Traffic, seconds: number) {
  if (eventsPerRequest === undefined) return { gateway: 0, functions: 0, logBytes: 0, tracesPerSecond: 0 };
  const requests = MILLION / eventsPerRequest;
  const perSecond = eventsPerSecond / eventsPerRequest;
  const checks = Math.min(requests, seconds / 60);
  const name = `api/events: ${eventsPerRequest === 1 ? '1 event' : `${eventsPerRequest} events`}`;
  const [events, authorize] = [entryOf(counts.calls, name), entryOf(counts.calls, 'api/authorize')];
  const { megabytes } = counts.stages.production;
  const gigabyteSeconds =
    requests * gigabyteSecondsOf(events, entryOf(megabytes, 'api/events')) +
    checks * gigabyteSecondsOf(authorize, entryOf(megabytes, 'api/authorize'));
  const lines = ASSUMED.accessLogBytes + events.logBytes + ASSUMED.platformLogBytes;
  return {
    gateway: requests * priceOfRequest(perSecond * ASSUMED.hoursOfMonth * HOUR_SECONDS),
    functions: gigabyteSeconds * DOLLARS.gigabyteSecond + (requests + checks) * DOLLARS.invocation,
    logBytes: requests * lines + checks * (authorize.logBytes + ASSUMED.platformLogBytes),
    tracesPerSecond: tracesOf(perSecond),
  };
}

/** On average, with so many requests a month. */
export function priceOfRequest(ofMonth: number): number {
  let [dollars, from] = [0, 0];
  for (const [until, price] of DOLLARS.apiRequests) {
    dollars += Math.max(0, Math.min(ofMonth, until) - from) * price;
    from = until;
  }
  return dollars / ofMonth;
}

/** X-Ray records the first call of a second, and a share of the others. */
function tracesOf(perSecond: number): number {
  return Math.min(perSecond, 1) + Math.max(0, perSecond - 1) * ASSUMED.tracedShare;
}

function callsOf(calls: CallCost['calls'], ...beginnings: readonly string[]): CallCost['calls'] {
  return Object.fromEntries(
    Object.entries(calls).filter(([name]) => beginnings.some((beginning) => name.startsWith(beginning))),
  );
}

function sumOf(values: Readonly<Record<string, number>>): number {
  return Object.values(values).reduce((sum, value) => sum + value, 0);
}

/** Throws where a count is missing: it would cost nothing. */
export function entryOf<Value>(values: Readonly<Record<string, Value>>, name: string): Value {
  const value = values[name];
  if (value === undefined) throw new Error(`${name} was not counted: run npm run count-cost`);
  return value;
}
