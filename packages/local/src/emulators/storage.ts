import { mkdirSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { type BuildAppOptions, buildApp } from 'fauxqs';
import { guardBy } from '../access/guard-server.ts';
import { refusalOfOuter } from '../aws-calls/inner-call.ts';
import { keepPutConditions } from './conditional-puts.ts';
import type { Emulator } from './emulator.ts';
import { type FauxqsFifoQueue, mendFifoGroups } from './fifo-groups.ts';
import {
  type FauxqsKeptQueue,
  type FauxqsMessageFile,
  mendRedrive,
  mendVisibility,
  releaseMessages,
} from './kept-messages.ts';
import { type FauxqsTopicRouter, joinTopics, mendTopics, type TopicFunctions } from './topics.ts';

/**
 * S3 takes 5 GiB in one PUT; here the object is in memory, and the limit must be lower. fauxqs' own limit is 11 MiB.
 */
const MAX_OBJECT_BYTES = 512 * 1024 * 1024;

type Stores = NonNullable<BuildAppOptions['stores']>;

/** fauxqs' SQLite file, and the three stores that write to it and follow it. */
interface Persistence {
  load(queues: Stores['sqsStore'], topics: Stores['snsStore'], objects: Stores['s3Store']): void;
  close(): void;
}

/** S3, SQS and SNS. */
export interface Storage extends Emulator {
  /** From now on, these functions get the messages of the topics. */
  joinTopics(functions: TopicFunctions): void;
}

/** Starts fauxqs (S3, SQS and SNS) in this process, in memory or with its SQLite database in `dataDir`. */
export async function startStorage(dataDir: string | undefined): Promise<Storage> {
  const stores = await createStores();
  const persistence = dataDir === undefined ? undefined : await persist(stores, dataDir);
  // `startFauxqs` would listen on every interface and refuse objects over 11 MiB: for this reason its app is built
  // here.
  const app = buildApp({ logger: false, stores, defaultRegion: 'us-east-1' });
  app.removeContentTypeParser('*');
  app.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: MAX_OBJECT_BYTES }, (_request, body, done) =>
    done(null, body),
  );
  keepPutConditions(app, stores.s3Store);
  guardBy(app.server, refusalOfOuter);
  await app.listen({ port: 0, host: '127.0.0.1' });
  const close = async () => {
    await app.close();
    persistence?.close();
  };
  const { port } = app.server.address() as AddressInfo;
  return { port, joinTopics: (functions) => joinTopics(stores.snsStore, functions), close };
}

/** The stores are not among fauxqs' exports, only beside them. */
async function fromFauxqs<T>(path: string): Promise<T> {
  return (await import(new URL(path, import.meta.resolve('fauxqs')).href)) as T;
}

async function createStores(): Promise<Stores> {
  const { SqsStore, SqsQueue } = await fromFauxqs<{
    SqsStore: new () => Stores['sqsStore'];
    SqsQueue: { readonly prototype: FauxqsFifoQueue & FauxqsKeptQueue };
  }>('./sqs/sqsStore.js');
  mendOnce(SqsQueue.prototype, (queue) => {
    mendFifoGroups(queue);
    mendRedrive(queue);
  });
  const { SnsRouter } = await fromFauxqs<{ SnsRouter: { readonly prototype: FauxqsTopicRouter } }>(
    './sns/snsRouter.js',
  );
  const { SnsError } = await fromFauxqs<{ SnsError: new (code: string, message: string) => Error }>(
    './common/errors.js',
  );
  mendOnce(SnsRouter.prototype, (router) => mendTopics(router, (code, message) => new SnsError(code, message)));
  const { SnsStore } = await fromFauxqs<{ SnsStore: new () => Stores['snsStore'] }>('./sns/snsStore.js');
  const { S3Store } = await fromFauxqs<{ S3Store: new () => Stores['s3Store'] }>('./s3/s3Store.js');
  return { sqsStore: new SqsStore(), snsStore: new SnsStore(), s3Store: new S3Store() };
}

const mended = new WeakSet<object>();

/** The module stays loaded when a local AWS ends and another one starts in the same process. */
function mendOnce<T extends object>(prototype: T, mend: (prototype: T) => void): void {
  if (mended.has(prototype)) return;
  mended.add(prototype);
  mend(prototype);
}

async function persist({ sqsStore, snsStore, s3Store }: Stores, dataDir: string): Promise<Persistence> {
  mkdirSync(dataDir, { recursive: true });
  type Manager = Persistence & NonNullable<Stores['sqsStore']['persistence']>;
  const { PersistenceManager } = await fromFauxqs<{
    PersistenceManager: { new (dir: string): Manager; readonly prototype: FauxqsMessageFile };
  }>('./persistence.js');
  mendOnce(PersistenceManager.prototype, mendVisibility);
  const manager = new PersistenceManager(dataDir);
  // Its database is private to TypeScript only.
  releaseMessages(manager as unknown as FauxqsMessageFile);
  // Loaded before it is attached: otherwise a store would write back what it is given.
  manager.load(sqsStore, snsStore, s3Store);
  sqsStore.persistence = manager;
  snsStore.persistence = manager;
  s3Store.persistence = manager;
  for (const queue of sqsStore.allQueues()) queue.persistence = manager;
  return manager;
}
