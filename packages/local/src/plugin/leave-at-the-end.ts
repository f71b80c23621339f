import { constants } from 'node:os';

/** The part of `process` that is needed. */
export interface SignalledProcess {
  once(signal: NodeJS.Signals, listener: () => void): unknown;
  listenerCount(signal: NodeJS.Signals): number;
  exit(code: number): void;
}

/**
 * Runs `leave` at Ctrl-C and SIGTERM. If a signal comes before serverless-offline listens for it, this must also end
 * the process, because our listener has replaced the system's way of ending it.
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
