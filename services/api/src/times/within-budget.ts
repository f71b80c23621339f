/**
 * The result of `work`, or a rejection after `budgetMs`. A client that retries for long must leave time for the function
 * to answer. The work itself is not stopped.
 */
export async function withinBudget<T>(work: Promise<T>, budgetMs: number): Promise<T> {
  const { promise: expiry, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error(`no result within ${budgetMs} ms`)), budgetMs);
  try {
    return await Promise.race([work, expiry]);
  } finally {
    clearTimeout(timer);
  }
}
