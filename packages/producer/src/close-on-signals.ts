import type { Producer } from './producer.ts';

/**
 * Closes a producer when the process is told to end, and then lets the signal end it. Returns a function that undoes
 * this.
 */
export function closeOnSignals(
  producer: Pick<Producer, 'close'>,
  signals: readonly NodeJS.Signals[] = ['SIGINT', 'SIGTERM'],
): () => void {
  const stop = () => {
    for (const signal of signals) process.off(signal, onSignal);
  };
  const onSignal = (signal: NodeJS.Signals) => {
    stop();
    void producer.close().finally(() => process.kill(process.pid, signal));
  };
  for (const signal of signals) process.on(signal, onSignal);
  return stop;
}
