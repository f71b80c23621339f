import { openLocalStage } from '../writes/local-stage.ts';
import { runLogWay } from '../writes/run-log-way.ts';
import type { FlowCost } from './counts.ts';

/** Half of an hour, until its end: the sweep then rewrites the hour. */
const HALF_HOUR = 1800;

/**
 * Lets the real consumer and sweep count flows of one shard against the local AWS: 20 actions, 5,000 users with their
 * activity, a batch each second. `seconds` shortens them.
 */
export async function countFlows(
  rates: readonly number[],
  { seconds = HALF_HOUR }: { readonly seconds?: number } = {},
): Promise<Record<string, FlowCost>> {
  const stage = await openLocalStage();
  let usage = await stage.usage();
  const listening = {
    ...stage,
    take: async () => {
      usage = await stage.usage();
      return stage.take();
    },
  };
  try {
    const flows: Record<string, FlowCost> = {};
    for (const eventsPerSecond of rates) {
      const flow = { eventsPerSecond, actions: 20, windowSeconds: 1, seconds };
      const { events, batches } = await runLogWay(listening, flow, { userActivity: true });
      flows[eventsPerSecond] = costOf(usage.actions, batches, 1e6 / events);
    }
    return flows;
  } finally {
    await stage.close();
  }
}

type Actions = Awaited<ReturnType<Awaited<ReturnType<typeof openLocalStage>>['usage']>>['actions'];

function costOf(actions: Actions, batches: number, factor: number): FlowCost {
  const all = Object.entries(actions);
  const sum = (value: (usage: Actions[string]) => number) => all.reduce((total, [, usage]) => total + value(usage), 0);
  return {
    calls: Object.fromEntries(all.map(([name, { calls }]) => [name, Math.round(calls * factor)])),
    readUnits: Math.round(sum(({ readUnits }) => readUnits) * factor),
    writeUnits: Math.round(sum(({ writeUnits }) => writeUnits) * factor),
    batches: Math.round(batches * factor),
    objectBytes: Math.round((actions['s3:PutObject']?.requestBytes ?? 0) * factor),
    entryBytes: Math.round((actions['dynamodb:PutItem']?.requestBytes ?? 0) * factor),
  };
}
