/** A message on the topic and in the queue `report-parts`: a part of a job is to be done. */
export interface PartMessage {
  readonly jobId: string;
  /** A message of an earlier cut of the job is of no use. */
  readonly cut: string;
  /** The number of the part; numbers go on over the phases. */
  readonly part: number;
}

/** Sends messages to the workers. Each may arrive more than once, and in any order. */
export type PublishParts = (messages: readonly PartMessage[]) => Promise<void>;

export function writePartMessage({ jobId, cut, part }: PartMessage): string {
  return JSON.stringify({ jobId, cut, part });
}

/** Throws if the text is no such message. */
export function readPartMessage(text: string): PartMessage {
  const { jobId, cut, part } = JSON.parse(text) as Partial<PartMessage>;
  const isNamed = typeof jobId === 'string' && typeof cut === 'string';
  if (!isNamed || !Number.isSafeInteger(part)) throw new Error(`this names no part: ${text}`);
  return { jobId, cut, part: Number(part) };
}
