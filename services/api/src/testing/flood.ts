import type { APIGatewayProxyResult } from 'aws-lambda';
import { BOOTSTRAP } from '../http/callers/principal.ts';
import { apiEvent } from './api-event.ts';

/** Who floods what. */
export interface Flood {
  /** Each calls one instance of a function, which takes one request at a time, and asks for `path`. */
  readonly instances: readonly { readonly path: string; invoke(event: unknown): Promise<unknown> }[];
  /** How many ask at once, each again as soon as it is answered. */
  readonly connections: number;
  readonly seconds: number;
  /** All of them hold this key. */
  readonly keyId: string;
}

/** What came of it. */
export interface FloodResult {
  readonly through: number;
  readonly refused: number;
  readonly seconds: number;
}

/** Asks as fast as it is answered, and counts what the limit lets through, whatever becomes of it; a 5xx is an error. */
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
