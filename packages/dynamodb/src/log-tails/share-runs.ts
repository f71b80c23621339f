/**
 * Lets callers that come at once share runs of `work`. A run serves only the callers that came before it began, so each
 * gets what is true after its call: one run is under way, one waits for it and serves all who came meanwhile.
 */
export function shareRuns<T>(work: () => Promise<T>): () => Promise<T> {
  let running: Promise<T> | undefined;
  let next: Promise<T> | undefined;

  function run(): Promise<T> {
    const started = work().finally(() => {
      if (running === started) running = undefined;
    });
    running = started;
    return started;
  }

  return () => {
    if (!running) return run();
    // Whether the run under way fails is the matter of its own callers.
    next ??= running
      .catch(() => undefined)
      .then(() => {
        next = undefined;
        return run();
      });
    return next;
  };
}
