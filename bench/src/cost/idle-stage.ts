import type { Counts, StageParts } from './counts.ts';
import { type CostLines, entryOf } from './million-events.ts';
import { ASSUMED, DOLLARS, FREE } from './prices.ts';
import { gigabyteSecondsOf } from './time-of-call.ts';

/** Functions that are called by what others write, and in which share of those calls. */
const FOLLOWERS: Readonly<Record<string, { readonly leader: string; readonly share: number }>> = {
  'notifications/evaluate: a minute': { leader: 'ingest-stream/sweep', share: 1 },
  // `MARK_MINUTES` of services/notifications/src/clock/send-due.ts.
  'notifications/dispatch: the time': { leader: 'notifications/clock', share: 1 / 4 },
};
const GIGABYTE = 1e9;

/** What a stage costs in a month while nothing happens, by line. The last line is what an account has free. */
export function costOfIdle(counts: Counts, stage: StageParts): CostLines {
  const { hoursOfMonth } = ASSUMED;
  const uses = usesOf(counts, stage);
  return {
    'the stream': hoursOfMonth * (stage.shards === 0 ? DOLLARS.onDemandHour : stage.shards * DOLLARS.shardHour),
    'retention past 24 h': stage.retentionHours > 24 ? stage.shards * hoursOfMonth * DOLLARS.shardHourKept : 0,
    'the stage’s KMS key': stage.kmsKeys * DOLLARS.kmsKeyMonth,
    'requests to it': uses.kmsRequests * DOLLARS.kmsRequest,
    secrets: stage.secrets * DOLLARS.secretMonth,
    'alarms, for each metric that one watches': stage.alarmMetrics * DOLLARS.alarmMetricMonth,
    'composite alarms': stage.compositeAlarms * DOLLARS.compositeAlarmMonth,
    dashboards: stage.dashboards * DOLLARS.dashboardMonth,
    'metrics of our own that have a value each hour': uses.metrics * DOLLARS.metricMonth,
    'Lambda’s pollers of queues': uses.queueRequests * DOLLARS.queueRequest,
    'functions that schedules call':
      uses.gigabyteSeconds * DOLLARS.gigabyteSecond + uses.invocations * DOLLARS.invocation,
    'their tables and lists of objects': uses.storeDollars,
    'their logs': uses.logGigabytes * DOLLARS.logGigabyte,
    'their traces': uses.traces * DOLLARS.trace,
    'what AWS gives an account free': -freeOf(uses),
  };
}

type Uses = ReturnType<typeof usesOf>;

function usesOf(counts: Counts, stage: StageParts) {
  const followed = Object.entries(FOLLOWERS).map(
    ([call, { leader, share }]) => [call, entryOf(stage.scheduled, leader) * share] as const,
  );
  const shards = stage.shards === 0 ? ASSUMED.shardsOnDemand : stage.shards;
  const periods = (ASSUMED.hoursOfMonth * 3600) / ASSUMED.kmsSeconds;
  const uses = {
    ...{ alarmMetrics: stage.alarmMetrics, dashboards: stage.dashboards, metrics: counts.idleMetrics.length },
    kmsRequests: periods * (ASSUMED.kmsRequestsOfStage + shards * ASSUMED.kmsRequestsPerShard),
    queueRequests: stage.queuesRead * ((ASSUMED.hoursOfMonth * 3600) / ASSUMED.pollSeconds) * ASSUMED.pollersOfQueue,
    ...{ invocations: 0, traces: 0, gigabyteSeconds: 0, logGigabytes: 0, storeDollars: 0 },
  };
  for (const [name, times] of [...Object.entries(stage.scheduled), ...followed]) {
    const call = entryOf(counts.calls, name);
    const lists = (call.calls['s3:ListObjectsV2'] ?? 0) * DOLLARS.objectWrite;
    uses.invocations += times;
    uses.traces += times;
    uses.gigabyteSeconds += times * gigabyteSecondsOf(call, entryOf(stage.megabytes, name.split(':')[0] ?? ''));
    uses.logGigabytes += (times * (call.logBytes + ASSUMED.platformLogBytes)) / GIGABYTE;
    uses.storeDollars += times * (call.readUnits * DOLLARS.readUnit + call.writeUnits * DOLLARS.writeUnit + lists);
  }
  return uses;
}

/** In dollars. */
function freeOf(uses: Uses): number {
  const prices = {
    ...{ alarmMetrics: DOLLARS.alarmMetricMonth, metrics: DOLLARS.metricMonth, dashboards: DOLLARS.dashboardMonth },
    ...{ traces: DOLLARS.trace, invocations: DOLLARS.invocation, gigabyteSeconds: DOLLARS.gigabyteSecond },
    ...{ kmsRequests: DOLLARS.kmsRequest, logGigabytes: DOLLARS.logGigabyte, queueRequests: DOLLARS.queueRequest },
  };
  return Object.entries(prices).reduce((sum, [name, price]) => {
    const key = name as keyof typeof prices;
    return sum + Math.min(uses[key], FREE[key]) * price;
  }, 0);
}
