/** The invocations of a function, and their time as Lambda would bill it. */
export interface BilledTime {
  readonly invocations: number;
  readonly ms: number;
}

const LINE = /\(λ: (?<name>[\w-]+)\) RequestId: .* Billed Duration: (?<ms>\d+) ms/g;

/** Reads a service's log: each invocation has a line in it. */
export function billedTimes(log: string): Readonly<Record<string, BilledTime>> {
  const times: Record<string, BilledTime> = {};
  for (const { groups: { name = '', ms } = {} } of log.matchAll(LINE)) {
    const before = times[name] ?? { invocations: 0, ms: 0 };
    times[name] = { invocations: before.invocations + 1, ms: before.ms + Number(ms) };
  }
  return times;
}
