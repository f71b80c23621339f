/** Calls to DynamoDB under way at once. */
const CALLS = 16;

/** Makes a call for each item of a list, a few at once. After a failure none begins, and it throws when all have ended. */
export async function atOnce<T>(list: readonly T[], call: (item: T) => Promise<void>): Promise<void> {
  const left = list.values();
  const failures: unknown[] = [];
  const work = async () => {
    for (const item of left) {
      if (failures.length > 0) return;
      await call(item).catch((error: unknown) => failures.push(error));
    }
  };
  await Promise.all(Array.from({ length: Math.min(CALLS, list.length) }, work));
  if (failures.length > 0) throw failures[0];
}
