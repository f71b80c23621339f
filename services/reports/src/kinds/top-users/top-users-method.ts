import { canonicalJson } from '../../daily/canonical-json.ts';
import type { JobFiles } from '../../jobs/job-kind.ts';
import { numbered } from '../by-user/method/asked-lines.ts';
import type { ByUserAnswer, ByUserMethod } from '../by-user/method/by-user-method.ts';
import { createUserRanking, type RankedUsers, type TopUser, topOf } from './rank-users.ts';
import { createUserCollector } from './user-collector.ts';
import { userRecords } from './user-record.ts';

/** What `report.json` of the internal kind `users` has. */
export interface TopUsersResult extends RankedUsers {
  /** Events of erased people, who are no users. They are not among `counted`. */
  readonly erasedEvents: number;
}

/** The ten users with the most events, for the daily report. Only `report.json` has bytes. */
export const topUsersMethod: ByUserMethod<null, RankedUsers> = {
  plan: () => null,
  asked: ({ from, to, actions }) => ({ from, to, actions: actions && numbered(actions) }),
  format: userRecords,
  newCollector: createUserCollector,
  newReducer: createUserRanking,
  assemble: async (answer) => filesOf(canonicalJson(await addRanks(answer))),
};

async function addRanks({ parts, erasedEvents }: ByUserAnswer<null, RankedUsers>): Promise<TopUsersResult> {
  let top: TopUser[] = [];
  let counted = 0;
  for await (const part of parts) {
    top = topOf([...top, ...part.top]);
    counted += part.counted;
  }
  return { top, counted, erasedEvents };
}

function filesOf(json: string): JobFiles {
  return { json: oneChunk(json), csv: oneChunk(''), html: oneChunk('') };
}

async function* oneChunk(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}
