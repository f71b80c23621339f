import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { keyAttributes, type TableItem, type TableKey } from '../table/table-access.ts';
import type { Turns } from './job-changes.ts';
import { JOB_KEPT_MS, type Job, type JobKindName, type JobStatus, jobKindOf } from './jobs-store.ts';
import { canonicalQuestion, parseQuestion } from './question-json.ts';

/** All turns are in one partition, so that the sweep finds the keys with active jobs by a query. */
export const TURNS_PARTITION = 'job-turns';
/** Longer than any process that has read them lives: an item that comes anew begins with version 1 again. */
const TURNS_KEPT_MS = JOB_KEPT_MS;

/** The turns of a key as they were read. */
export interface StoredTurns extends Turns {
  readonly keyId: string;
  /** Grows with each write; 0 if there is no item. */
  readonly version: number;
}

export function jobItem(job: Job, key: TableKey): TableItem {
  const { question, keyId, createdAt, status, progressAt } = job;
  return {
    ...keyAttributes(key),
    ...{ question: { S: canonicalQuestion(question) }, keyId: { S: keyId }, status: { S: status } },
    ...{ createdAt: { N: `${createdAt}` }, progressAt: { N: `${progressAt}` }, phases: numberList(job.phases) },
    expiresAt: keptUntil(createdAt),
  };
}

/** The partition of all jobs of a kind: they are sorted by what follows the kind in their ids. */
export function jobsPartition(kind: JobKindName): string {
  return `jobs#${kind}`;
}

/** Undefined if the id is of no job. */
export function jobKey(id: string): TableKey | undefined {
  const kind = jobKindOf(id);
  return kind && { pk: jobsPartition(kind), sk: id.slice(kind.length + 1) };
}

/** The id of the job that an item, or its key, is of. */
export function jobIdOf({ pk, sk }: TableItem): string {
  return `${pk?.S?.slice('jobs#'.length)}-${sk?.S}`;
}

export function storedJob(item: TableItem): Job {
  const number = (name: string) => (item[name]?.N === undefined ? undefined : Number(item[name].N));
  return {
    ...{ id: jobIdOf(item), question: parseQuestion(item.question?.S ?? ''), keyId: item.keyId?.S ?? '' },
    ...{ createdAt: Number(item.createdAt?.N), status: item.status?.S as JobStatus, reason: item.reason?.S },
    ...{ cut: item.cut?.S, cutAt: number('cutAt'), sentAt: number('sentAt'), endedAt: number('endedAt') },
    phases: (item.phases?.L ?? []).map(({ N }) => Number(N)),
    done: new Set((item.done?.NS ?? []).map(Number)),
    progressAt: Number(item.progressAt?.N),
  };
}

export function numberList(numbers: readonly number[]): AttributeValue {
  return { L: numbers.map((number) => ({ N: `${number}` })) };
}

export function turnsKey(keyId: string): TableKey {
  return { pk: TURNS_PARTITION, sk: keyId };
}

export function turnsItem({ keyId, version }: StoredTurns, turns: Turns, now: number): TableItem {
  const texts = (list: readonly string[]) => ({ L: list.map((S) => ({ S })) });
  return {
    ...keyAttributes(turnsKey(keyId)),
    ...{ running: texts(turns.running), waiting: texts(turns.waiting), version: { N: `${version + 1}` } },
    expiresAt: seconds(now + TURNS_KEPT_MS),
  };
}

export function storedTurns(item: TableItem | undefined, keyId: string): StoredTurns {
  const texts = (value: AttributeValue | undefined) => (value?.L ?? []).map(({ S = '' }) => S);
  return {
    keyId,
    version: Number(item?.version?.N ?? 0),
    running: texts(item?.running),
    waiting: texts(item?.waiting),
  };
}

/** When the table forgets a job that was made or reopened at this time. */
export function keptUntil(at: number): AttributeValue {
  return seconds(at + JOB_KEPT_MS);
}

/** The table forgets an item after this time. */
export function seconds(at: number): AttributeValue {
  return { N: `${Math.ceil(at / 1000)}` };
}
