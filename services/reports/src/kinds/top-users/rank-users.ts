import { compareText } from '../../daily/compare-text.ts';
import type { Reducer } from '../by-user/method/by-user-method.ts';
import { eventsAt, idBytesAt, idOf } from './user-record.ts';

const RANKS = 10;

export interface TopUser {
  readonly userId: string;
  readonly count: number;
}

/** The users with the most events, and the events of all users. */
export interface RankedUsers {
  readonly top: readonly TopUser[];
  readonly counted: number;
}

/** The users with the most events; of equal ones the first by id. */
export function topOf(users: readonly TopUser[]): TopUser[] {
  return users.toSorted((a, b) => b.count - a.count || compareText(a.userId, b.userId)).slice(0, RANKS);
}

/** Adds up the records of each user: neighbours, from different lines. */
export function createUserRanking(): Reducer<RankedUsers> {
  let top: TopUser[] = [];
  let counted = 0;
  let current: Buffer | undefined;
  let events = 0;

  function endUser(): void {
    const least = top.length < RANKS ? 0 : (top.at(-1)?.count ?? 0);
    if (current && events >= least) top = topOf([...top, { userId: idOf(current), count: events }]);
    counted += events;
    events = 0;
  }

  return {
    add(bytes, at) {
      const id = idBytesAt(bytes, at);
      if (!current?.equals(id)) {
        endUser();
        // The block is written over.
        current = Buffer.from(id);
      }
      events += eventsAt(bytes, at);
    },
    end() {
      endUser();
      return { top, counted };
    },
  };
}
