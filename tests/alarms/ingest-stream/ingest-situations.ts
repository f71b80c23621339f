import { MINUTE_MS, SECOND_MS } from '../simulated/clock.ts';
import type { Situation } from '../situation.ts';
import type { IngestWorld, Traffic } from './ingest-world.ts';

type IngestSituation = Situation<IngestWorld>;

function eventText(at: number, fields: Record<string, unknown> = {}): string {
  return JSON.stringify({ userId: 'u1', action: 'a', timestamp: at, value: 2, ...fields });
}

/** An event every ten seconds. */
const busy: Traffic = (minute) =>
  Array.from({ length: 6 }, (_, i) => ({ second: 10 * i, text: eventText(minute + 10 * i * SECOND_MS) }));

/** A record every few minutes. */
function oneEach(minutes: number, second: number, text: (at: number) => string): Traffic {
  return (minute) => ((minute / MINUTE_MS) % minutes === 0 ? [{ second, text: text(minute) }] : []);
}

/** An event every few minutes, at the end of a minute: the consumer takes it in the next one. */
function quiet(minutes: number): Traffic {
  return oneEach(minutes, 59.9, eventText);
}

/** The records of both. */
function both(one: Traffic, other: Traffic): Traffic {
  return (minute) => [...one(minute), ...other(minute)];
}

/** Begins a world with this traffic. */
function having(traffic: Traffic): (world: IngestWorld) => void {
  return (world) => {
    world.traffic = traffic;
  };
}

/** The table refuses one kind of call. */
function refusing(call: string): NonNullable<IngestSituation['trouble']> {
  return ({ refusedCalls }, isOn) => {
    if (isOn) refusedCalls.add(call);
    else refusedCalls.delete(call);
  };
}

const brokenRecords = (minutes: number) => oneEach(minutes, 30, () => 'broken');

const normalOperation: readonly IngestSituation[] = [
  { name: 'nothing is sent', begin: () => undefined, raises: {} },
  { name: 'an event comes every ten seconds', begin: having(busy), raises: {} },
  ...[5, 10, 15].map((minutes) => ({
    name: `an event comes every ${minutes} minutes, at the end of a minute`,
    begin: having(quiet(minutes)),
    raises: {},
  })),
  {
    name: 'table and bucket refuse everything for two minutes',
    begin: having(busy),
    trouble: (world, isOn) => {
      world.isTableDown = isOn;
      world.isBucketDown = isOn;
    },
    troubleMinutes: 2,
    raises: {},
  },
  {
    name: 'one batch of the consumer and one sweep time out',
    begin: having(busy),
    trouble: ({ consume, sweep }, isOn) => {
      consume.hangs = isOn;
      sweep.hangs = isOn;
    },
    troubleMinutes: 1,
    raises: {},
  },
  {
    name: 'records are refused for two minutes, as while a stream is split',
    begin: having(busy),
    trouble: (world, isOn) => {
      world.traffic = isOn ? both(busy, brokenRecords(1)) : busy;
    },
    troubleMinutes: 2,
    raises: {},
  },
];

const outages: readonly IngestSituation[] = [
  {
    name: 'the table refuses everything',
    begin: having(busy),
    trouble: (world, isOn) => {
      world.isTableDown = isOn;
    },
    raises: { ConsumerFailingAlarm: 15, ConsumerBehindAlarm: 15, ProgressStaleAlarm: 15, SweepFailingAlarm: 20 },
  },
  {
    name: 'the bucket refuses everything',
    begin: having(busy),
    trouble: (world, isOn) => {
      world.isBucketDown = isOn;
    },
    raises: { ConsumerFailingAlarm: 15, ConsumerBehindAlarm: 15, ProgressStaleAlarm: 15, RewritesFailingAlarm: 30 },
  },
  {
    name: 'the account has no room for calls of functions',
    begin: having(busy),
    trouble: ({ consume, sweep }, isOn) => {
      consume.isThrottled = isOn;
      sweep.isThrottled = isOn;
    },
    raises: { ConsumerIdleAlarm: 15, SweepFailingAlarm: 20 },
    clearsWithin: 70,
  },
];

/** Ways in which every batch fails. */
const failures: readonly (Required<Pick<IngestSituation, 'name' | 'trouble'>> & {
  readonly also?: IngestSituation['raises'];
})[] = [
  { name: 'the table takes no log entries, so every batch fails', trouble: refusing('append') },
  {
    name: 'the consumer throws',
    trouble: ({ consume }, isOn) => {
      consume.crashes = isOn;
    },
  },
  {
    name: 'the consumer times out each time',
    also: { ConsumerSlowAlarm: 40 },
    trouble: ({ consume }, isOn) => {
      consume.hangs = isOn;
    },
  },
];

const consumer: readonly IngestSituation[] = [
  ...failures.flatMap(({ name, trouble, also }) => [
    {
      ...{ name, begin: having(busy), trouble, clearsWithin: 40 },
      raises: { ConsumerFailingAlarm: 15, ConsumerBehindAlarm: 15, ProgressStaleAlarm: 15, ...also },
    },
    {
      name: `${name}, and an event comes every ten minutes`,
      begin: having(quiet(10)),
      ...{ trouble, clearsWithin: 40 },
      raises: { ConsumerFailingAlarm: 25, ConsumerBehindAlarm: 25, ProgressStaleAlarm: 25, ...also },
    },
  ]),
  {
    name: 'batches take nearly as long as the function may',
    begin: having(busy),
    trouble: ({ consume }, isOn) => {
      consume.isSlow = isOn;
    },
    raises: { ConsumerSlowAlarm: 30 },
    clearsWithin: 40,
  },
  {
    name: 'Lambda gives up a batch',
    begin: () => undefined,
    trouble: (world, isOn) => isOn && world.giveUp(),
    raises: { BatchesGivenUpAlarm: 35 },
    // A day, and some periods in which the newest value is looked for.
    clearsWithin: 28 * 60,
  },
  {
    name: 'more events come in than the consumer can count',
    begin: having(busy),
    trouble: ({ stream }, isOn) => {
      stream.maxBatchRecords = isOn ? 3 : 10_000;
      stream.batchTakesMs = (isOn ? 60 : 1) * SECOND_MS;
    },
    raises: { ConsumerBehindAlarm: 15, ProgressStaleAlarm: 25 },
  },
  ...[
    { pace: 'every ten seconds', traffic: busy, within: 15 },
    { pace: 'every ten minutes', traffic: quiet(10), within: 25 },
  ].map(({ pace, traffic, within }) => ({
    name: `the event source mapping is disabled, and an event comes ${pace}`,
    begin: having(traffic),
    trouble: ({ stream }: IngestWorld, isOn: boolean) => {
      stream.isRead = !isOn;
    },
    raises: { ConsumerIdleAlarm: within, ProgressStaleAlarm: within },
    clearsWithin: 70,
  })),
];

const logAndSweep: readonly IngestSituation[] = [
  {
    name: 'the table takes no rows, so nothing is folded',
    begin: having(busy),
    trouble: refusing('writeRow'),
    raises: { FoldsFailingAlarm: 20, LogUnfoldedAlarm: 30 },
  },
  {
    name: 'the table takes no runs, so no hour of the archive is rewritten',
    begin: having(busy),
    trouble: refusing('addRun'),
    raises: { RewritesFailingAlarm: 30 },
  },
  {
    name: 'the sweep throws',
    begin: having(busy),
    trouble: refusing('list'),
    raises: { ProgressStaleAlarm: 15, SweepFailingAlarm: 20 },
  },
  {
    name: 'Kinesis does not tell the sweep what the shards hold',
    begin: having(busy),
    trouble: (world, isOn) => {
      world.isTipDown = isOn;
    },
    raises: { ProgressStaleAlarm: 15 },
  },
  {
    name: 'the sweep times out each time',
    begin: having(busy),
    trouble: ({ sweep }, isOn) => {
      sweep.hangs = isOn;
    },
    raises: { SweepFailingAlarm: 20 },
  },
  {
    name: 'the sweep does not run at all',
    begin: having(busy),
    trouble: (world, isOn) => {
      world.isSweepScheduled = !isOn;
    },
    raises: { SweepFailingAlarm: 20 },
  },
];

const producers: readonly IngestSituation[] = [
  {
    name: 'a producer sends more actions than the stage counts',
    begin: having(
      both(
        busy,
        oneEach(1, 30, (at) => eventText(at, { action: 'b' })),
      ),
    ),
    trouble: (world, isOn) => {
      world.traffic = isOn
        ? both(
            busy,
            oneEach(1, 30, (at) => eventText(at, { action: `c${at}` })),
          )
        : busy;
    },
    raises: { TooManyActionsAlarm: 5 },
    clearsWithin: 70,
  },
  ...[1, 10].map((minutes) => ({
    name: `a producer sends an invalid record every ${minutes} minutes`,
    begin: having(busy),
    trouble: (world: IngestWorld, isOn: boolean) => {
      world.traffic = isOn ? both(busy, brokenRecords(minutes)) : busy;
    },
    raises: { QuarantineGrowingAlarm: 35 },
    clearsWithin: 75,
  })),
  {
    name: 'producers send more than the shards take',
    begin: having(busy),
    trouble: ({ stream }, isOn) => {
      stream.isFull = isOn;
    },
    raises: { StreamFullAlarm: 10 },
  },
];

const backups: readonly IngestSituation[] = [
  ['the backup of a table fails', 'NumberOfBackupJobsFailed'] as const,
  ['the backup of a table does not begin in time', 'NumberOfBackupJobsExpired'] as const,
].map(([name, metric]) => ({
  ...{ name, begin: () => undefined },
  trouble: (world, isOn) => isOn && world.missBackup(metric),
  raises: { BackupsFailingAlarm: 10 },
  // A day, and some periods in which the newest value is looked for.
  clearsWithin: 30 * 60,
}));

/** The situations of the service ingest-stream. */
export const ingestSituations: readonly IngestSituation[] = [
  ...normalOperation,
  ...outages,
  ...consumer,
  ...logAndSweep,
  ...producers,
  ...backups,
];
