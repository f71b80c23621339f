import type { Counts } from './counts.ts';
import { entryOf } from './million-events.ts';
import { ASSUMED, DOLLARS } from './prices.ts';
import { costsOfRedisCache } from './redis-cache.ts';

const HOUR_SECONDS = 3600;
const HOURS_OF_DAY = 24;
/** `custom.provisioned` of services/api/serverless.yml. */
const PROVISIONED = ['api/authorize', 'api/events', 'api/metrics'];
const BUSY_HOURS = 12;
const UNITS = 1000;

/** What a parameter of a stage makes it cost. */
export interface ParameterCost {
  /** The parameter with its value, in Markdown. */
  readonly parameter: string;
  readonly of: string;
  readonly dollars: number;
}

/** The costs of what only some stages have. */
export function costOfParameters({ stages }: Counts): readonly ParameterCost[] {
  const megabytes = PROVISIONED.reduce((sum, name) => sum + entryOf(stages.production.megabytes, name), 0);
  const hour = (megabytes / 1024) * HOUR_SECONDS * DOLLARS.provisionedGigabyteSecond;
  const monthOf = (instances: number) => instances * hour * ASSUMED.hoursOfMonth;
  const redis = costsOfRedisCache();
  const byDay = (10 * BUSY_HOURS + HOURS_OF_DAY - BUSY_HOURS) / HOURS_OF_DAY;
  return [
    { parameter: '`provisionedConcurrency` 1', of: 'a month', dollars: monthOf(1) },
    { parameter: '10 for twelve hours of the day, and 1 at rest', of: 'a month', dollars: monthOf(byDay) },
    {
      parameter: `\`tableMaxWriteUnits\` ${UNITS}`,
      of: 'an hour of one table, at most',
      dollars: UNITS * HOUR_SECONDS * DOLLARS.writeUnit,
    },
    {
      parameter: `\`tableMaxReadUnits\` ${UNITS}`,
      of: 'an hour of one table, at most',
      dollars: UNITS * HOUR_SECONDS * DOLLARS.readUnit,
    },
    { parameter: '`streamMode` `ON_DEMAND`', of: 'a GB that comes in', dollars: DOLLARS.onDemandGigabyteIn },
    { parameter: '', of: 'a GB that is read', dollars: DOLLARS.onDemandGigabyteOut },
    {
      parameter: '',
      of: 'a GB and month past 24 hours of retention',
      dollars: DOLLARS.onDemandGigabyteMonthKept,
    },
    { parameter: '`webAclArn`', of: 'a month, with one rule', dollars: DOLLARS.webAclMonth + DOLLARS.webAclRuleMonth },
    { parameter: '', of: 'a million requests', dollars: 1e6 * DOLLARS.webAclRequest },
    { parameter: '`redisZones`', of: 'a month', dollars: redis.idle },
    { parameter: '', of: 'a month, at most', dollars: redis.most },
  ];
}
