/** Reports what has been done, how long after the start, and what is still being waited for. */
export interface Progress {
  done(what: string): void;
  /** Reports every few seconds that `what` is still running, and reports its end. */
  during<Result>(what: string, work: Promise<Result>): Promise<Result>;
  /** Seconds since the start, as they are shown. */
  elapsed(): string;
}

const STILL_EVERY_MS = 4_000;

/** Progress as lines: they look the same in a terminal and in a log. */
export function createProgress(write: (line: string) => void, now: () => number): Progress {
  const began = now();
  const elapsed = (): string => `${((now() - began) / 1000).toFixed(1)} s`;
  const line = (what: string): void => write(`${elapsed().padStart(8)}  ${what}`);
  return {
    done: line,
    elapsed,
    during: async (what, work) => {
      const ticker = setInterval(() => line(`… ${what}`), STILL_EVERY_MS);
      try {
        const result = await work;
        line(what);
        return result;
      } finally {
        clearInterval(ticker);
      }
    },
  };
}
