import sinon from 'sinon';

export const SECOND_MS = 1000;
export const MINUTE_MS = 60_000;
export const HOUR_MS = 3_600_000;

/** The beginning of every simulation: a full hour. */
export const START = Date.UTC(2026, 0, 10, 9);

let fake: sinon.SinonFakeTimers | undefined;

/** Sets the clock of the process for code that reads it, such as the time stamps of metrics. Timers are not changed. */
export const clock = {
  start(): void {
    fake = sinon.useFakeTimers({ now: START, toFake: ['Date'] });
  },
  set(at: number): void {
    fake?.setSystemTime(at);
  },
  stop(): void {
    fake?.restore();
  },
};
