/** A message of a dead-letter queue. It is hidden for a while, and comes again if it is not deleted. */
export interface DeadLetter {
  readonly body: string;
  readonly receiptHandle: string;
}

/** A dead-letter queue. */
export interface DeadLetters {
  /** Some that are visible; none if there are none. */
  receive(): Promise<readonly DeadLetter[]>;
  delete(letter: DeadLetter): Promise<void>;
}

/** All letters that are visible. The caller deletes each, or it comes again. */
export async function* lettersOf(queue: DeadLetters): AsyncIterable<DeadLetter> {
  for (let letters = await queue.receive(); letters.length > 0; letters = await queue.receive()) yield* letters;
}
