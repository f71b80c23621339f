import { createUsersApi, type UsersApi } from '@weir/api/src/testing/users-api.ts';
import { createDynamoUsersStore } from '@weir/dynamodb/users';
import { openLocalTables } from '@weir/local/tables';
import { cpuMsOfAsync, median, quantile } from '../measure/cpu.ts';
import { memoryInUse } from '../measure/memory.ts';
import { fillUsers, userIdOf } from './fill-users.ts';

const PAGE = 1_000;
const STRETCHES = 4;

/** The cost of the pages of one stretch of the list. */
export interface StretchMeasure {
  /** The last user of the stretch, counted from the list's beginning. */
  readonly upTo: number;
  readonly pages: number;
  /** Megabytes in use after the stretch, above those before the first page. */
  readonly megabytes: number;
  /** CPU of one page, with the AWS door. */
  readonly cpuMs: number;
  readonly slowestCpuMs: number;
  readonly readUnitsAPage: number;
}

export interface ListingMeasure {
  readonly stretches: readonly StretchMeasure[];
  /** The memory of a list of all users, held whole. */
  readonly wholeMegabytes: number;
}

/** Lists `users` profiles page by page, as the route does, and checks that each comes once and in its place. */
export async function measureListing({ users }: { users: number }): Promise<ListingMeasure> {
  const tables = openLocalTables();
  try {
    const access = await tables.create();
    await fillUsers(access, users);
    const { usage, resetUsage } = await tables.aws();
    const api = createUsersApi({ store: createDynamoUsersStore(access) });
    const readUnits = () => Object.values(usage().actions).reduce((sum, action) => sum + action.readUnits, 0);
    const pages = pagesOf(api);
    await warmUp(api);
    const before = memoryInUse();
    const stretches: StretchMeasure[] = [];
    for (let stretch = 1; stretch <= STRETCHES; stretch++) {
      resetUsage();
      const upTo = (users / STRETCHES) * stretch;
      const cpu = await readUpTo(pages, upTo);
      const measured = { pages: cpu.length, cpuMs: median(cpu), slowestCpuMs: quantile(cpu, 1) };
      const megabytes = (memoryInUse() - before) / 1e6;
      stretches.push({ upTo, megabytes, readUnitsAPage: readUnits() / cpu.length, ...measured });
    }
    return { stretches, wholeMegabytes: await holdWhole(api) };
  } finally {
    await tables.close();
  }
}

interface Pages {
  seen: number;
  /** One page; after the last, an empty one. */
  next(): Promise<readonly unknown[]>;
}

/** The pages of the list, one after the other. */
function pagesOf(api: UsersApi): Pages {
  let query: Record<string, string> | undefined = { limit: String(PAGE) };
  return {
    seen: 0,
    async next() {
      if (query === undefined) return [];
      const { status, body } = await api.call({ path: '/v1/users', query });
      if (status !== 200) throw new Error(`${status}: ${JSON.stringify(body)}`);
      const items = body.items as readonly { userId: string }[];
      for (const { userId } of items) {
        if (userId !== userIdOf(this.seen++)) {
          throw new Error(`${userId} came where ${userIdOf(this.seen - 1)} belongs`);
        }
      }
      query = body.cursor === undefined ? undefined : { limit: String(PAGE), cursor: String(body.cursor) };
      return items;
    },
  };
}

/** CPU of each page up to the user `upTo`, in milliseconds. */
async function readUpTo(pages: Pages, upTo: number): Promise<number[]> {
  const cpu: number[] = [];
  while (pages.seen < upTo) cpu.push(await cpuMsOfAsync(() => pages.next()));
  if (pages.seen !== upTo) throw new Error(`${pages.seen} users came, of ${upTo}`);
  return cpu;
}

async function warmUp(api: UsersApi): Promise<void> {
  const pages = pagesOf(api);
  for (let page = 0; page < 5; page++) await pages.next();
}

async function holdWhole(api: UsersApi): Promise<number> {
  const before = memoryInUse();
  const held: unknown[] = [];
  const pages = pagesOf(api);
  for (let items = await pages.next(); items.length > 0; items = await pages.next()) held.push(...items);
  const megabytes = (memoryInUse() - before) / 1e6;
  if (held.length !== pages.seen) throw new Error('unreachable, and keeps what is measured alive');
  return megabytes;
}
