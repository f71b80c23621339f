import type { APIGatewayProxyResult } from 'aws-lambda';
import { BOOTSTRAP } from '../http/callers/principal.ts';
import { apiEvent } from './api-event.ts';

/** The instances, connections and key of a flood. */
export interface Flood {
  /** Each calls one instance of a function, which takes one request at a time, and requests `path`. */
  readonly instances: readonly { readonly path: string; invoke(event: unknown): Promise<unknown> }[];
  /** The number of requests at the same time. Each connection sends the next request when it has its answer. */
  readonly connections: number;
  readonly seconds: number;
  /** All connections use this key. */
  readonly keyId: string;
}

/** The result of a flood. */
export interface FloodResult {
  readonly through: number;
  readonly refused: number;
  readonly seconds: number;
}

/**
 * Sends requests as fast as they are answered, and counts those that the limit admits, whatever their answer. A 5xx is an
 * error.
 */
export async function flood({ instances, connections, seconds, keyId }: Flood): Promise<FloodResult> {
  const principal = { ...BOOTSTRAP, keyId };
  const counts = { through: 0, refused: 0 };
  const ask = async ({ path, invoke }: Flood['instances'][number]): Promise<void> => {
    const { statusCode, body } = (await invoke(apiEvent({ path, principal }))) as APIGatewayProxyResult;
    if (statusCode >= 500) throw new Error(`${statusCode}: ${body}`);
    if (statusCode === 429) counts.refused++;
    else counts.through++;
  };
  const start = performance.now();
  const elapsedSeconds = () => (performance.now() - start) / 1000;
  const connection = async (_unused: unknown, index: number): Promise<void> => {
    const instance = instances[index % instances.length];
    while (instance && elapsedSeconds() < seconds) await ask(instance);
  };
  await Promise.all(Array.from({ length: connections }, connection));
  return { ...counts, seconds: elapsedSeconds() };
}
