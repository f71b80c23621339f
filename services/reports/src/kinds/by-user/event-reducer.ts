import type { Reducer } from './method/by-user-method.ts';
import { actionAt, timestampAt } from './runs/event-record.ts';

/** Follows one user after the other. */
export interface UserFollower<Part> {
  /** The events that follow are of another user. */
  begin(): void;
  /** An event of this user, in order of timestamp, arrival and position. */
  add(timestamp: number, action: number): void;
  /** No more events of this user. */
  end(): void;
  result(): Part;
}

/** Hands the events of each user to a follower. */
export function createEventReducer<Part>(follower: UserFollower<Part>): Reducer<Part> {
  let high = 0;
  let low = 0;
  let isBegun = false;
  return {
    add(bytes, at) {
      const [nextHigh, nextLow] = [bytes.readUInt32BE(at), bytes.readUInt32BE(at + 4)];
      if (!isBegun || nextHigh !== high || nextLow !== low) {
        if (isBegun) follower.end();
        follower.begin();
        [high, low, isBegun] = [nextHigh, nextLow, true];
      }
      follower.add(timestampAt(bytes, at), actionAt(bytes, at));
    },
    end() {
      if (isBegun) follower.end();
      return follower.result();
    },
  };
}
