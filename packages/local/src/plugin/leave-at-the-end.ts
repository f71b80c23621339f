import { constants } from 'node:os';

/** What is needed of `process`. */
export interface SignalledProcess {
  once(signal: NodeJS.Signals, listener: () => void): unknown;
  listenerCount(signal: NodeJS.Signals): number;
  exit(code: number): void;
}

/**
 * Has `leave` done at Ctrl-C and SIGTERM. A signal that comes before serverless-offline listens for it has nobody else to
 * end the process, as our listening has taken the system's way of ending it.
 */
export function leaveAtTheEnd(leave: () => Promise<void>, own: SignalledProcess = process): void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    own.once(signal, () => {
      const nobodyElse = own.listenerCount(signal) === 0;
      void leave()
        .catch(() => {})
        .finally(() => nobodyElse && own.exit(128 + constants.signals[signal]));
    });
  }
}
