/** What fauxqs' file of state does for queues. */
export interface FauxqsMessageFile {
  readonly db: { prepare(sql: string): { run(...values: readonly string[]): unknown } };
  deleteMessage(messageId: string): void;
  updateMessageReady(messageId: string): void;
}

/**
 * Makes all messages visible again that somebody had received and not deleted when everything ended: nobody works on them
 * any more. Their number of receptions stays. To be called before the file is loaded.
 */
export function releaseMessages({ db }: Pick<FauxqsMessageFile, 'db'>): void {
  db.prepare('UPDATE sqs_messages SET receipt_handle = NULL, visibility_deadline = NULL').run();
}

/** What a queue of fauxqs has inside, as far as its messages are kept. */
export interface FauxqsKeptQueue {
  persistence?: FauxqsMessageFile | undefined;
  dequeue(...given: unknown[]): unknown;
}

/**
 * Makes a message that becomes a dead letter be in one of its two queues at each moment. By itself fauxqs deletes its row,
 * and then inserts the row of the dead letter: killed between the two, it has lost the message. The second alone is
 * enough, as it replaces the row of the same id.
 */
export function mendRedrive(queue: FauxqsKeptQueue): void {
  const { dequeue } = queue;
  queue.dequeue = function (this: FauxqsKeptQueue, ...given) {
    const { persistence } = this;
    if (persistence === undefined) return dequeue.apply(this, given);
    // Nothing else is deleted while messages are received.
    this.persistence = Object.assign(Object.create(persistence) as FauxqsMessageFile, { deleteMessage: () => {} });
    try {
      return dequeue.apply(this, given);
    } finally {
      this.persistence = persistence;
    }
  };
}

/**
 * Makes a message visible again whose visibility is changed to 0. By itself fauxqs writes no number of receptions, which
 * its own table refuses, and the message is gone until the next start.
 */
export function mendVisibility(file: FauxqsMessageFile): void {
  file.updateMessageReady = function (this: FauxqsMessageFile, messageId) {
    this.db
      .prepare('UPDATE sqs_messages SET receipt_handle = NULL, visibility_deadline = NULL WHERE message_id = ?')
      .run(messageId);
  };
}
