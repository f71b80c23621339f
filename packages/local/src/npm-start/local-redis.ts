import { connect } from 'node:net';

const DEFAULT_PORT = 6379;
const TIMEOUT_MS = 2_000;

/** `host:port` of a Redis URL, without the password that may be in it; undefined if it is not a URL. */
export function redisAddress(url: string): string | undefined {
  if (!/^rediss?:\/\//.test(url) || !URL.canParse(url)) return undefined;
  const { hostname, port } = new URL(url);
  return hostname === '' ? undefined : `${hostname}:${port || DEFAULT_PORT}`;
}

/**
 * What is wrong with WEIR_REDIS_URL, in one sentence with the solution; undefined if it is empty, or if Redis answers.
 */
export async function redisProblem(url: string): Promise<string | undefined> {
  if (url === '') return undefined;
  const address = redisAddress(url);
  if (address === undefined) {
    return 'WEIR_REDIS_URL must begin with redis:// or rediss://, as in WEIR_REDIS_URL=redis://127.0.0.1:6379 npm start.';
  }
  if (await isAnswered(address)) return undefined;
  return `WEIR_REDIS_URL names a Redis at ${address}, and nothing answers there: start one (\`redis-server --port ${address.split(':').at(-1)}\`), or leave the variable out, because Weir needs no Redis.`;
}

function isAnswered(address: string): Promise<boolean> {
  const at = address.lastIndexOf(':');
  const host = address.slice(0, at).replace(/^\[|\]$/g, '');
  const socket = connect({ host, port: Number(address.slice(at + 1)), timeout: TIMEOUT_MS });
  return new Promise<boolean>((resolve) => {
    socket.once('connect', () => resolve(true));
    for (const failure of ['error', 'timeout']) socket.once(failure, () => resolve(false));
  }).finally(() => socket.destroy());
}
