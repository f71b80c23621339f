import type { Redis } from 'ioredis';
import { withinBudget } from '../times/within-budget.ts';
import type { CircuitBreaker } from './circuit-breaker.ts';
import type { LinkReport } from './report-link.ts';

/** For one use of Redis, with connecting. Each user of Redis has a fallback. */
const BUDGET_MS = 150;

/**
 * A connection that was unused for longer is not used again: Lambda freezes an instance, and its sockets die without a
 * message.
 */
const IDLE_MS = 20_000;

/** A Lua script that Redis stores by its hash. */
export interface RedisScript<T> {
  readonly name: string;
  readonly lua: string;
  readonly numberOfKeys: number;
  /** Reads the script's result; throws if the result is not valid. */
  readonly read: (answer: unknown) => T;
}

/** The commands for Redis. All of them reject soon if Redis is down. */
export interface RedisLink {
  /** Runs a script. In `args`, its keys come first. */
  runScript<T>(script: RedisScript<T>, args: readonly (string | number)[]): Promise<T>;
  get(key: string): Promise<string | undefined>;
  close(): void;
}

/** Dependencies of `createRedisLink`. */
export interface RedisLinkDeps {
  /** Makes a client that is not connected yet. */
  readonly createClient: () => Promise<Redis>;
  readonly breaker: CircuitBreaker;
  readonly report: LinkReport;
  readonly now: () => number;
  readonly budgetMs?: number;
  readonly idleMs?: number;
}

interface Connection {
  readonly redis: Redis;
  readonly opened: Promise<void>;
  usedAt: number;
}

type Commands = Readonly<Record<string, (...args: (string | number)[]) => Promise<unknown>>>;

/**
 * A link to Redis. It connects at the first use, and again after its connection was lost, failed, or was idle for long.
 * It queues nothing and retries nothing in the background, where a frozen instance would not run it.
 */
export function createRedisLink({
  createClient,
  breaker,
  report,
  now,
  budgetMs = BUDGET_MS,
  idleMs = IDLE_MS,
}: RedisLinkDeps): RedisLink {
  let current: Connection | undefined;

  function drop(connection: Connection | undefined): void {
    if (current === connection) current = undefined;
    connection?.redis.disconnect();
  }

  function isGood({ redis, usedAt }: Connection): boolean {
    return redis.status !== 'end' && redis.status !== 'close' && now() - usedAt < idleMs;
  }

  async function connection(): Promise<Connection> {
    if (current && !isGood(current)) drop(current);
    if (current) return current;
    const redis = await createClient();
    // Another call may have connected while the library was loaded.
    if (current) return current;
    current = { redis, opened: open(redis).then(report.connected), usedAt: now() };
    return current;
  }

  async function tryOnce<T>(work: (redis: Redis) => Promise<T>): Promise<T> {
    const used = await connection();
    try {
      const result = await withinBudget(
        used.opened.then(() => work(used.redis)),
        budgetMs,
      );
      used.usedAt = now();
      return result;
    } catch (error) {
      drop(used);
      throw error;
    }
  }

  const use = <T>(work: (redis: Redis) => Promise<T>): Promise<T> =>
    breaker(() =>
      tryOnce(work).catch((error: unknown) => {
        report.failed(error);
        throw error;
      }),
    );

  return {
    runScript: ({ name, lua, numberOfKeys, read }, args) =>
      use(async (redis) => {
        if (!(name in redis)) redis.defineCommand(name, { lua, numberOfKeys });
        return read(await (redis as unknown as Commands)[name]?.(...args));
      }),
    get: (key) => use(async (redis) => (await redis.get(key)) ?? undefined),
    close: () => drop(current),
  };
}

/** Connects. ioredis itself rejects with no more than `Connection is closed.`, and emits the reason before. */
async function open(redis: Redis): Promise<void> {
  let reason: string | undefined;
  redis.once('error', ({ message }) => {
    reason = message;
  });
  await redis.connect().catch((error: unknown) => {
    // Not the error itself: one of AUTH has the password among its fields, which a log would show.
    throw reason === undefined ? error : new Error(reason);
  });
}
