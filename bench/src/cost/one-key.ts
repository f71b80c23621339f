import type { Counts } from './counts.ts';
import { costOfMillion, entryOf, priceOfRequest, totalOf } from './million-events.ts';
import { ASSUMED, DOLLARS } from './prices.ts';
import { gigabyteSecondsOf } from './time-of-call.ts';

const HOUR_SECONDS = 3600;
/** A key has at most two jobs at once, with eight parts out each. */
const WORKERS_OF_KEY = 16;

/** What one key can do, and what that costs in an hour at most. */
export interface KeyCost {
  readonly does: string;
  readonly boundedBy: string;
  readonly dollars: number;
}

/** The most that one key can cost a production stage in an hour, by what it does. */
export function costOfKey(counts: Counts): readonly KeyCost[] {
  const { limits, megabytes, shards } = counts.stages.production;
  const eventsPerSecond = shards * ASSUMED.recordsPerShard;
  const { shards: _always, ...used } = costOfMillion(counts, { eventsPerSecond, eventsPerRequest: 100 });
  const requestsOf = (perSecond: number) => perSecond * HOUR_SECONDS;
  const gateway = priceOfRequest(requestsOf(limits.stageRequestsPerSecond) * ASSUMED.hoursOfMonth);
  const costOfCall = (call: string, name: string) => {
    const cost = entryOf(counts.calls, call);
    const time = gigabyteSecondsOf(cost, entryOf(megabytes, name)) * DOLLARS.gigabyteSecond;
    return gateway + time + DOLLARS.invocation + cost.readUnits * DOLLARS.readUnit;
  };
  const workers = Math.min(WORKERS_OF_KEY, limits.workersAtOnce);
  const workerGigabytes = entryOf(megabytes, 'reports/work') / 1024;
  return [
    {
      does: `sends events, ${eventsPerSecond} a second`,
      boundedBy: `the stream: ${ASSUMED.recordsPerShard} records a second for each shard; more get a 503`,
      dollars: (totalOf(used) * requestsOf(eventsPerSecond)) / 1e6,
    },
    {
      does: `sends requests, ${limits.stageRequestsPerSecond} a second, nearly all of which get a 429`,
      boundedBy: '`throttleRate`: API Gateway refuses more before any function runs, and does not bill them',
      dollars: requestsOf(limits.stageRequestsPerSecond) * costOfCall('api/events: 1 event', 'api/events'),
    },
    {
      does: `reads metrics, ${limits.keyRequestsPerSecond} times a second`,
      boundedBy: '`rateLimitPerSecond`, for each instance where there is no Redis',
      dollars: requestsOf(limits.keyRequestsPerSecond) * costOfCall('api/metrics: a day by the hour', 'api/metrics'),
    },
    {
      does: 'asks for reports of years, one after the other',
      boundedBy: `two jobs at once, with ${WORKERS_OF_KEY} parts out`,
      dollars: requestsOf(workers) * workerGigabytes * DOLLARS.gigabyteSecond,
    },
    {
      does: 'subscribes to the live push, by many connections',
      boundedBy: `\`pushPostsPerSecond\`: ${limits.pushesPerSecond}, of the whole stage`,
      dollars: requestsOf(limits.pushesPerSecond) * DOLLARS.socketMessage,
    },
    {
      does: 'has rules fire that mail',
      boundedBy: `\`mailsPerDay\`: ${limits.mailsPerDay}, of the whole stage`,
      dollars: limits.mailsPerDay * DOLLARS.mail,
    },
  ];
}
