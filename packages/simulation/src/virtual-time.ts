/** What happens at a time. */
interface Happening {
  readonly at: number;
  readonly run: () => void;
}

/** Time that passes only from one happening to the next. */
export class VirtualTime {
  now = 0;
  #happenings: Happening[] = [];

  after(ms: number, run: () => void): void {
    this.#happenings.push({ at: this.now + ms, run });
  }

  /** Plays until nothing is left to happen, or `isOver`. */
  async play(isOver: () => boolean): Promise<void> {
    while (this.#happenings.length > 0 && !isOver()) {
      const next = this.#happenings.reduce((first, one) => (one.at < first.at ? one : first));
      this.#happenings.splice(this.#happenings.indexOf(next), 1);
      this.now = next.at;
      next.run();
      // All that follows from it without waiting.
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
}
