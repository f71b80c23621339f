import type { LiveRow } from './messages.ts';

/** Some hundred actions over a day of minutes are more; those that changed last are remembered. */
const MAX_REMEMBERED = 20_000;

/**
 * The rows of one subscription between the connection and their reader. A reader that is slow gets each row once, as it
 * is by then. A row that comes again, or late, is left out.
 */
export class RowInbox {
  readonly #counts = new Map<string, number>();
  readonly #unread = new Map<string, LiveRow>();
  #failure: { readonly error: unknown } | undefined;
  #wake = () => {};

  take(rows: readonly LiveRow[]): void {
    for (const row of rows) {
      const key = `${row.action} ${row.start}`;
      if (row.count <= (this.#counts.get(key) ?? -1)) continue;
      this.#remember(key, row.count);
      this.#unread.set(key, row);
    }
    this.#wake();
  }

  /** The reader gets this error, once it has read what came before. */
  fail(error: unknown): void {
    this.#failure ??= { error };
    this.#wake();
  }

  /** Resolves with the oldest unread row. */
  async next(): Promise<LiveRow> {
    for (;;) {
      for (const [key, row] of this.#unread) {
        this.#unread.delete(key);
        return row;
      }
      if (this.#failure) throw this.#failure.error;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  #remember(key: string, count: number): void {
    this.#counts.delete(key);
    this.#counts.set(key, count);
    if (this.#counts.size <= MAX_REMEMBERED) return;
    for (const oldest of this.#counts.keys()) {
      this.#counts.delete(oldest);
      return;
    }
  }
}
