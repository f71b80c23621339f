/** Everything that was started. It is ended in the opposite order, whatever fails in the meantime. */
export interface Closers {
  add(close: () => Promise<void> | void): void;
  closeAll(): Promise<void>;
}

/** Ends each thing once; if one fails to end, the others are ended all the same. */
export function createClosers(report: (error: unknown) => void): Closers {
  const pending: (() => Promise<void> | void)[] = [];
  return {
    add: (close) => {
      pending.push(close);
    },
    closeAll: async () => {
      for (let close = pending.pop(); close !== undefined; close = pending.pop()) {
        try {
          await close();
        } catch (error) {
          report(error);
        }
      }
    },
  };
}
