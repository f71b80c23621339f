/**
 * Lets callers that come at once share runs of `work`. A run serves only the callers that came before it began: each
 * caller gets what is true after its call. One run is under way; one waits for it and serves every caller that came in
 * the meantime.
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
    // A failure of the run under way concerns only its own callers.
    next ??= running
      .catch(() => undefined)
      .then(() => {
        next = undefined;
        return run();
      });
    return next;
  };
}
