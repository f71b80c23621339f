/** What has been started, to be ended in the opposite order, whatever fails meanwhile. */
export interface Closers {
  add(close: () => Promise<void> | void): void;
  closeAll(): Promise<void>;
}

/** Ends each thing once; a failure to end one does not keep the others running. */
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
