/**
 * Gives what `read` makes of each item, in their order. At most `ahead` reads are on their way, or wait to be taken.
 */
export async function* readAhead<T, R>(
  items: Iterable<T>,
  ahead: number,
  read: (item: T) => Promise<R>,
): AsyncGenerator<R> {
  const reads: Promise<R>[] = [];
  for (const item of items) {
    const reading = read(item);
    // Whoever takes it sees the error; until then it is no unhandled rejection.
    reading.catch(() => undefined);
    reads.push(reading);
    if (reads.length >= ahead) yield await (reads.shift() as Promise<R>);
  }
  for (const reading of reads) yield await reading;
}
