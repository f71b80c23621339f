import sinon from 'sinon';

export const SECOND_MS = 1000;
export const MINUTE_MS = 60_000;
export const HOUR_MS = 3_600_000;

/** When every simulation begins: on the hour. */
export const START = Date.UTC(2026, 0, 10, 9);

let fake: sinon.SinonFakeTimers | undefined;

/** The process' clock, for code that asks it (metrics are stamped by it). Timers run as ever. */
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
