import { atOnce } from './at-once.ts';

/** How fast calls begin, and by which clock. */
export interface Pace {
  /** Milliseconds from the beginning of a call to that of the next one. */
  readonly everyMs: number;
  readonly now: () => number;
  readonly wait: (ms: number) => Promise<void>;
}

/** As `atOnce`, but the calls begin one after the other, evenly: in a burst they would hold up whatever else is asked for. */
export async function atPace<T>(
  list: readonly T[],
  call: (item: T) => Promise<void>,
  { everyMs, now, wait }: Pace,
): Promise<void> {
  const beganAt = now();
  await atOnce([...list.entries()], async ([place, item]) => {
    const early = beganAt + place * everyMs - now();
    if (early > 0) await wait(early);
    await call(item);
  });
}
