import { ActivityBuilder } from '../log-entry/activity-builder.ts';
import { hashAt, type UserActivity, userHash } from '../log-entry/user-activity.ts';
import type { CountableEvent } from './arbitrary-events.ts';

/** Count and sum by user, day and action. */
export type PlainActivity = ReadonlyMap<string, readonly [number, number]>;

const DAY_MS = 86_400_000;

/** Activity as plain values that can be compared. */
export function plainActivity(activity: UserActivity): PlainActivity {
  const found = new Map<string, [number, number]>();
  for (let index = 0; index < activity.hashes.length / 2; index++) {
    for (const { day, action, count, sum, sumLow } of activity.actionsAt(index)) {
      found.set(`${hashAt(activity.hashes, index)} ${day} ${action}`, [count, sum + sumLow]);
    }
  }
  return new Map([...found].sort());
}

export function activityBuilderOf(events: readonly CountableEvent[]): ActivityBuilder {
  const builder = new ActivityBuilder();
  for (const { action, timestamp, value, userId } of events) builder.add(action, timestamp, value, userId);
  return builder;
}

export function activityOf(events: readonly CountableEvent[]): UserActivity {
  return activityBuilderOf(events).build();
}

/** What the events add, by plain addition: exact for whole numbers. */
export function expectedActivity(events: readonly CountableEvent[]): PlainActivity {
  const found = new Map<string, [number, number]>();
  for (const { action, timestamp, value, userId } of events) {
    const key = `${userHash(userId)} ${Math.floor(timestamp / DAY_MS)} ${action}`;
    const [count, sum] = found.get(key) ?? [0, 0];
    found.set(key, [count + 1, sum + value]);
  }
  return new Map([...found].sort());
}
