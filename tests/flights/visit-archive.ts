import type { DuckDBConnection } from '@duckdb/node-api';
import type {
  ArchiveLine,
  ArchivePiece,
  ArchiveReader,
} from '@weir/reports/src/kinds/by-user/method/archive-reader.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const LOGS = 2;
const USERS = 20_000;
/** Large enough that some weeks make a few parts and many hash ranges. */
const PIECE_BYTES = 40 * 1024 * 1024;

interface DayPiece extends ArchivePiece {
  /** Epoch milliseconds. */
  readonly day: number;
}

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
    readHeads: async () => Array.from({ length: LOGS }, (_, log) => ({ logId: String(log), number: 0 })),
    async *listPieces({ head: { logId }, fromHour }) {
      for (let day = Math.floor(fromHour / 24) * DAY_MS; day < until; day += DAY_MS) {
        yield { logId, keys: [`${day}`], bytes: PIECE_BYTES, day };
      }
    },
    async *readLines(piece) {
      const { logId, day } = piece as DayPiece;
      const result = await connection.stream(
        `select epoch_ms(time), user_id, action from visits
         where log = $log and time >= make_timestamp(1000 * $day::bigint)
           and time < make_timestamp(1000 * $day::bigint) + interval 1 day order by n`,
        { log: Number(logId), day: BigInt(day) },
      );
      for await (const rows of result.yieldRowsJs()) yield rows.map(lineOf);
    },
  };
}

/** A visit arrives at its time: flights of one minute are told apart by their positions. */
function lineOf([time, userId, action]: readonly unknown[]): ArchiveLine {
  const at = { timestamp: Number(time), arrival: Number(time) };
  return { ...at, outcome: 'counted', action: String(action), userId: userId === null ? undefined : String(userId) };
}
