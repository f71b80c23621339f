import { type ActionDelta, hashAt, type UserAction, type UserActivity } from '@weir/aggregates';
import type { RowKey, RowKind, StoredEntry } from '@weir/dynamodb';

const HOURS_PER_DAY = 24;

/** The part that one entry adds. */
interface Part<Added> {
  readonly number: number;
  readonly added: Added;
}

/** All that a range of entries adds to one row, in the order of the entries. */
export interface Change<Added> {
  readonly key: RowKey;
  readonly parts: Part<Added>[];
}

/** A change of an action's row. */
export interface ActionChange extends Change<ActionDelta> {
  readonly of: 'action';
  readonly key: ActionRowKey;
}

/** A change of a user's row. A part may hold other days too. */
export interface UserChange extends Change<readonly UserAction[]> {
  readonly of: 'user';
}

export type RowChange = ActionChange | UserChange;

type ActionRowKey = RowKey & { readonly kind: Exclude<RowKind, 'user'> };

/** The rows that entries touch, each with the parts that they add to it. */
export function rowChanges(logId: string, entries: readonly StoredEntry[]): RowChange[] {
  const actions = new Map<string, ActionChange>();
  const users = new Map<string, UserChange>();
  for (const { number, entry } of entries) {
    const { delta, activity } = entry;
    for (const [action, added] of delta) {
      for (const key of touchedRows(logId, action, added)) {
        changeOf(actions, { of: 'action', key, parts: [] }).parts.push({ number, added });
      }
    }
    for (const [key, added] of activity ? touchedUserRows(logId, activity) : []) {
      changeOf(users, { of: 'user', key, parts: [] }).parts.push({ number, added });
    }
  }
  return [...actions.values(), ...users.values()];
}

/** A row's name, unique in one log. */
export function rowName({ kind, subject, bucket }: RowKey): string {
  return `${kind}/${subject}/${bucket}`;
}

function changeOf<Change extends RowChange>(changes: Map<string, Change>, fresh: Change): Change {
  const name = rowName(fresh.key);
  const change = changes.get(name) ?? fresh;
  if (change === fresh) changes.set(name, fresh);
  return change;
}

function* touchedRows(logId: string, action: string, { hours }: ActionDelta): Iterable<ActionRowKey> {
  const days = new Set<number>();
  for (const hour of hours.keys()) {
    days.add(Math.floor(hour / HOURS_PER_DAY));
    yield { kind: 'hour', subject: action, bucket: hour, logId };
  }
  for (const day of days) yield { kind: 'day', subject: action, bucket: day, logId };
  yield { kind: 'all', subject: action, bucket: 0, logId };
}

function* touchedUserRows(logId: string, activity: UserActivity): Iterable<readonly [RowKey, readonly UserAction[]]> {
  for (let index = 0; index < activity.hashes.length / 2; index++) {
    const added = activity.actionsAt(index);
    const subject = hashAt(activity.hashes, index);
    for (const bucket of new Set(added.map(({ day }) => day))) yield [{ kind: 'user', subject, bucket, logId }, added];
  }
}
