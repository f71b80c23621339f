/** A message on the topic and in the queue `report-parts`. */
export interface PartMessage {
  readonly jobId: string;
  /** The number of the part; numbers go on over the phases. */
  readonly part: number;
}

export function writePartMessage({ jobId, part }: PartMessage): string {
  return JSON.stringify({ jobId, part });
}

/** Throws if the text is no such message. */
export function readPartMessage(text: string): PartMessage {
  const { jobId, part } = JSON.parse(text) as Partial<PartMessage>;
  if (typeof jobId !== 'string' || !Number.isSafeInteger(part)) throw new Error(`this names no part: ${text}`);
  return { jobId, part: Number(part) };
}
