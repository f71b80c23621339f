import type { ArchiveLine } from '@weir/archive/reading';
import type { Question } from '@weir/dynamodb/jobs';
import type { JobFiles } from '../../../jobs/job-kind.ts';
import type { RecordFormat } from '../runs/record-format.ts';
import type { AskedLines } from './asked-lines.ts';

/** Turns lines into records. */
export interface Collector {
  /** Keeps a line. False if there is no room: take the run, then add it again. */
  add(line: ArchiveLine & { readonly userId: string }, action: number): boolean;
  readonly isEmpty: boolean;
  /** The records so far in order, in blocks; the collector is empty after them. */
  takeSorted(): Iterable<Buffer>;
}

/** Takes in the records of one hash range, in their order. */
export interface Reducer<Part> {
  add(bytes: Buffer, at: number): void;
  /** What JSON can hold. */
  end(): Part;
}

/** A kind of question that follows users. `Plan` and `Part` are what JSON can hold. */
export interface ByUserMethod<Plan, Part> {
  /** What is fixed when the job begins: the rules of a zone may change while it runs. */
  plan(question: Question): Plan;
  asked(question: Question): AskedLines;
  readonly format: RecordFormat;
  newCollector(): Collector;
  newReducer(question: Question, plan: Plan): Reducer<Part>;
  assemble(answer: ByUserAnswer<Plan, Part>): Promise<JobFiles>;
}

export interface ByUserAnswer<Plan, Part> {
  readonly question: Question;
  readonly plan: Plan;
  /** Of each hash range, in order. */
  readonly parts: AsyncIterable<Part>;
  /** Lines that are asked for, of people who were erased. */
  readonly erasedEvents: number;
}
