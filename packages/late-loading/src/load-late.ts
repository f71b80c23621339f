/**
 * Loads code that few requests need when the first request needs it, once for all requests. After a failure the next
 * request tries again. `open` imports one of our files, which becomes a chunk of its own in the bundle.
 *
 * Import only our files late, never a library: in a chunk, a CommonJS library has no named exports, although it has them
 * in the source. A file of ours that imports the library in the usual way works in both. A lint rule checks this.
 */
export function loadLate<T>(open: () => Promise<T>): () => Promise<T> {
  let opening: Promise<T> | undefined;
  return () => {
    opening ??= open().catch((error: unknown) => {
      opening = undefined;
      throw error;
    });
    return opening;
  };
}
