import { setTimeout as sleep } from 'node:timers/promises';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { createS3ObjectStore } from '@weir/archive/s3';
import { createDynamoMetricsStore } from '@weir/dynamodb';
import type { CallUsage, Usage } from '@weir/local';
import { billedTimes } from '../running-weir/billed-time.ts';
import { type AskedQuestion, type Asker, createAsker, isDone } from '../running-weir/questions.ts';
import { type RunningWeir, startWeir } from '../running-weir/running-weir.ts';
import { type Cost, costOf } from './cost-of.ts';
import { countsOf, fillYear, type Year } from './fill-year.ts';
import { ACTIONS, YEAR_HOURS } from './year-events.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** The functions that begin and run jobs are called so in the local AWS. */
const CALLERS = /^weirreports(?:coordinate|work)$/;
/** Beside tens of seconds, little; and it leaves the CPU to the workers. */
const POLL_MS = 1_000;
/** The last worker removes the job's folder, and is logged, after the job is done. */
const AFTERWARDS_MS = 3_000;
/** Memory of `coordinate` and of `work` (services/reports/serverless.yml). */
const GIGABYTES = 1769 / 1024;

/** A question about the year, as it was answered. */
export interface YearMeasure {
  readonly kind: string;
  readonly parts: number;
  readonly seconds: number;
  /** Of the functions `coordinate` and `work`, by `service:Action`. */
  readonly calls: Readonly<Record<string, CallUsage>>;
  /** All GETs, those of the job's own files included, for each object of the archive. */
  readonly getsPerObject: number;
  readonly gigabyteSeconds: number;
  readonly cost: Cost;
}

export interface MeasuredYear {
  readonly objects: number;
  readonly events: number;
  readonly bytes: number;
  readonly questions: readonly YearMeasure[];
}

/** Writes a year of archive into a local Weir, and asks about it. Throws if an answer is wrong. */
export async function measureYear({ eventsPerHour }: { eventsPerHour: number }): Promise<MeasuredYear> {
  const weir = await startWeir();
  try {
    const to = Math.floor(Date.now() / DAY_MS) * DAY_MS - DAY_MS;
    const year: Year = { fromHour: to / HOUR_MS - YEAR_HOURS, eventsPerHour };
    const { bytes } = await fillLocalYear(weir, year);
    const range = { from: year.fromHour * HOUR_MS, to, timeZone: 'UTC' };
    const asker = await createAsker(weir, 'the year');
    const counts = countsOf(year);
    const questions: YearMeasure[] = [];
    for (const [question, isRight] of questionsOf(range, counts)) {
      const { measure, result } = await measureQuestion(weir, asker, question);
      if (!isRight(result)) throw new Error(`${question.kind} is wrong: ${JSON.stringify(result).slice(0, 500)}`);
      questions.push(measure);
    }
    return { objects: YEAR_HOURS, events: counts.events, bytes, questions };
  } finally {
    await weir.close();
  }
}

type Counts = ReturnType<typeof countsOf>;

/** What is looked into of the result of each kind. */
interface Results {
  readonly summary: { readonly total: { readonly count: number } };
  readonly retention: { readonly cohorts: readonly { readonly size: number }[] };
  readonly funnel: { readonly steps: readonly { readonly users: number }[] };
}

/** Each question, and whether an answer to it is right. */
function questionsOf(range: object, { events, users, firstStep }: Counts) {
  const asked = <Kind extends keyof Results>(
    question: AskedQuestion & { readonly kind: Kind },
    isRight: (result: Results[Kind]) => boolean,
  ) => [{ ...question, ...range }, (result: unknown) => isRight(result as Results[Kind])] as const;
  return [
    asked({ kind: 'summary', actions: ACTIONS }, ({ total }) => total.count === events),
    asked(
      { kind: 'retention', actions: ACTIONS },
      ({ cohorts }) => cohorts.reduce((sum, { size }) => sum + size, 0) === users,
    ),
    asked(
      { kind: 'funnel', steps: ACTIONS, windowSeconds: 7 * 86_400 },
      ({ steps: [first, second] }) => first?.users === firstStep && (second?.users ?? 0) > 0,
    ),
  ];
}

async function fillLocalYear({ local }: RunningWeir, year: Year): Promise<{ bytes: number }> {
  const credentials = { accessKeyId: 'bench', secretAccessKey: 'local' };
  const options = { endpoint: local.awsUrl, region: local.region, credentials };
  const [client, s3] = [new DynamoDBClient(options), new S3Client({ ...options, forcePathStyle: true })];
  const store = createDynamoMetricsStore({ client, tableName: local.tables.metrics });
  try {
    return await fillYear(store, createS3ObjectStore({ client: s3, bucket: local.buckets.archive }), year);
  } finally {
    client.destroy();
    s3.destroy();
  }
}

async function measureQuestion(weir: RunningWeir, asker: Asker, question: AskedQuestion) {
  const loggedBefore = (await weir.logOf('reports')).length;
  await weir.resetUsage();
  const began = performance.now();
  const { id } = await asker.ask(question);
  const job = await asker.until(id, isDone, POLL_MS);
  const seconds = (performance.now() - began) / 1000;
  await sleep(AFTERWARDS_MS);
  const calls = callsOf(await weir.usage());
  const times = billedTimes((await weir.logOf('reports')).slice(loggedBefore));
  const used = [times.coordinate, times.work].filter((time) => time !== undefined);
  const gigabyteSeconds = (used.reduce((sum, { ms }) => sum + ms, 0) / 1000) * GIGABYTES;
  const invocations = used.reduce((sum, time) => sum + time.invocations, 0);
  const parts = job.parts.total;
  const measure: YearMeasure = {
    ...{ kind: question.kind, parts, seconds, calls, gigabyteSeconds },
    getsPerObject: (calls['s3:GetObject']?.calls ?? 0) / YEAR_HOURS,
    cost: costOf({ calls, invocations, gigabyteSeconds, messages: parts }),
  };
  return { measure, result: await asker.resultOf(job) };
}

/** The calls of all functions of the service, added up. */
function callsOf({ callers }: Usage): Record<string, CallUsage> {
  const sums: Record<string, CallUsage> = {};
  for (const [caller, calls] of Object.entries(callers)) {
    if (!CALLERS.test(caller)) continue;
    for (const [name, usage] of Object.entries(calls)) sums[name] = added(sums[name], usage);
  }
  return sums;
}

function added(a: CallUsage | undefined, b: CallUsage): CallUsage {
  return {
    calls: (a?.calls ?? 0) + b.calls,
    errors: (a?.errors ?? 0) + b.errors,
    readUnits: (a?.readUnits ?? 0) + b.readUnits,
    writeUnits: (a?.writeUnits ?? 0) + b.writeUnits,
    requestBytes: (a?.requestBytes ?? 0) + b.requestBytes,
    responseBytes: (a?.responseBytes ?? 0) + b.responseBytes,
  };
}
