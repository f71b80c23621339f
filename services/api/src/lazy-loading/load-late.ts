/**
 * Opens what few requests need when the first of them asks for it, once for all that ask; what failed is tried again by
 * the next. `open` imports a file of ours, which becomes a chunk of its own in the bundle.
 *
 * Only files of ours are imported late, never a library: in a chunk, a CommonJS library has no named exports, though
 * source has them. A file of ours that imports the library as any other is the same in both. A lint rule holds it.
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
