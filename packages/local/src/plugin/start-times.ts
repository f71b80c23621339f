/** Begins the line of a service's log that says what its start took. */
export const START_LINE = 'Start:';

/** How far a start has come, and when. */
export interface StartTimes {
  /** Notes that this phase is over. */
  passed(phase: string): void;
  /** Each phase with the seconds since the process began. */
  line(): string;
}

/** `now` counts milliseconds from the beginning of the process. */
export function createStartTimes(now: () => number): StartTimes {
  const phases: string[] = [];
  return {
    passed: (phase) => {
      phases.push(`${phase} ${(now() / 1000).toFixed(1)} s`);
    },
    line: () => `${START_LINE} ${phases.join(', ')}`,
  };
}

/** Those of this process, which all plugins of the framework share. */
export const startTimes = createStartTimes(() => performance.now());
