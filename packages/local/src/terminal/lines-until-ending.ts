/** Lines that are shown until the end begins. */
export interface LinesUntilEnding {
  show(line: string): void;
  /** From now on nothing is shown: what is still under way may report, but the end has the last word. */
  ending(): void;
}

/** Creates the lines. */
export function linesUntilEnding(write: (line: string) => void): LinesUntilEnding {
  let isEnding = false;
  return {
    show: (line) => {
      if (!isEnding) write(line);
    },
    ending: () => {
      isEnding = true;
    },
  };
}
