import { mkdirSync } from 'node:fs';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import kinesalite from 'kinesalite';
import { guardBy } from '../access/guard-server.ts';
import { refusalOfOuter } from '../aws-calls/inner-call.ts';
import type { Emulator } from './emulator.ts';
import { quickenKinesalite } from './sequence-numbers.ts';

/** A new stream is active after this time; AWS takes some ten seconds, which is too long here. */
const TRANSITION_MS = 20;
/** More open shards than a simulation on one machine needs. */
const SHARD_LIMIT = 200;

/** Starts kinesalite in this process, in memory or with its LevelDB in `dataDir`. */
export async function startKinesis(dataDir: string | undefined): Promise<Emulator> {
  if (dataDir !== undefined) mkdirSync(dataDir, { recursive: true });
  quickenKinesalite();
  const server = kinesalite({
    createStreamMs: TRANSITION_MS,
    deleteStreamMs: TRANSITION_MS,
    updateStreamMs: TRANSITION_MS,
    shardLimit: SHARD_LIMIT,
    ...(dataDir === undefined ? {} : { path: dataDir }),
  });
  guardBy(server, refusalOfOuter);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  return { port: (server.address() as AddressInfo).port, close: () => closeServer(server) };
}

function closeServer(server: Server): Promise<void> {
  // Its own close() closes the database first; a connection that is kept alive would then hold the server open.
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
