import type { DuckDBConnection } from '@duckdb/node-api';
import type { ArchiveLine, ArchiveReader } from '@weir/archive/reading';

const HOUR_MS = 3_600_000;
const LOGS = 2;
const USERS = 20_000;
/** Large enough that some weeks make a few parts and many hash ranges. */
const PIECE_BYTES = 40 * 1024 * 1024;

/**
 * Makes the table `visits` (n, log, time, user_id, action) of the flights of some time, with users who do all that there
 * is to do: those of the flights keep to one action each. Every thousandth was erased.
 */
export async function createVisits(connection: DuckDBConnection, range: { from: number; to: number }): Promise<void> {
  await connection.run(
    `create or replace table visits as
     select n, n % ${LOGS} as log, time, if(n % 1000 = 0, null, 'v' || (hash(n + 5) % ${USERS})) as user_id,
       'flight.' || (hash(n) % 5) as action
     from (select row_number() over (order by time, user_id, value) as n, time from flights
       where time >= make_timestamp(1000 * $from::bigint) and time < make_timestamp(1000 * $to::bigint))`,
    { from: BigInt(range.from), to: BigInt(range.to) },
  );
}

/** The visits as an archive of two logs, with a piece for each day, up to `until`. */
export function openVisits(connection: DuckDBConnection, until: number): ArchiveReader {
  return {
    readHeads: async () =>
      Array.from({ length: LOGS }, (_, log) => {
        return { logId: String(log), parents: [], number: 0, position: undefined, lastArrival: undefined };
      }),
    async *listPieces({ head: { logId }, fromHour }) {
      for (let hour = Math.floor(fromHour / 24) * 24; hour * HOUR_MS < until; hour += 24) {
        yield { logId, hour, first: 0, last: 0, keys: [`${hour}`], bytes: PIECE_BYTES };
      }
    },
    async *readLines({ logId, hour }) {
      const result = await connection.stream(
        `select epoch_ms(time), user_id, action from visits
         where log = $log and time >= make_timestamp(1000 * $day::bigint)
           and time < make_timestamp(1000 * $day::bigint) + interval 1 day order by n`,
        { log: Number(logId), day: BigInt(hour * HOUR_MS) },
      );
      for await (const rows of result.yieldRowsJs()) yield rows.map(lineOf);
    },
  };
}

/** A visit arrives at its time: flights of one minute are told apart by their positions. */
function lineOf([time, userId, action]: readonly unknown[]): ArchiveLine {
  return {
    ...{ sequenceNumber: '1', index: 0, arrival: Number(time), timestamp: Number(time), outcome: 'counted', value: 0 },
    ...{ action: String(action), userId: userId === null ? undefined : String(userId), register: undefined },
  };
}
