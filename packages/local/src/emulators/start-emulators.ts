import { join } from 'node:path';
import type { Backends } from '../aws-calls/backend.ts';
import { openJsonStore } from '../data-dir/json-store.ts';
import { explainState } from '../data-dir/state-problem.ts';
import type { DynamoDbEngine } from '../dynamodb-engines/dynamodb-engine.ts';
import type { EngineName } from '../dynamodb-engines/engine-name.ts';
import { type KeptEngine, keepEngine } from '../dynamodb-engines/keep-engine.ts';
import { startDynamoDb } from '../dynamodb-engines/start-dynamodb.ts';
import { keysAnswer } from './answers/keys.ts';
import { parametersAnswer } from './answers/parameters.ts';
import { secretsAnswer } from './answers/secrets.ts';
import { identityAnswer, telemetryAnswer } from './answers/telemetry.ts';
import type { Emulator } from './emulator.ts';
import { startKinesis } from './kinesis.ts';
import { startMail } from './mail.ts';
import { type Storage, startStorage } from './storage.ts';

/** Everything behind the AWS door. */
export interface Emulators {
  readonly dynamodb: DynamoDbEngine;
  readonly kinesis: Emulator;
  readonly storage: Storage;
  readonly mail: Emulator;
  /** What answers each service's calls. */
  readonly backends: Backends;
  readonly notices: readonly string[];
  /** Resolves with one sentence when a part is gone for good. */
  readonly lost: Promise<string>;
  close(): Promise<void>;
}

/** How to start the emulators. */
export interface EmulatorOptions {
  /** Where state is kept between runs; undefined keeps everything in memory. */
  readonly dataDir: string | undefined;
  readonly engine: EngineName | undefined;
  /** Takes a sentence about a part that ended and is started again. */
  readonly tell: (sentence: string) => void;
  readonly log: (line: string) => void;
}

/** Starts every emulator at the same time. If one fails, the others are ended and its error is thrown. */
export async function startEmulators(options: EmulatorOptions): Promise<Emulators> {
  const { dataDir } = options;
  const pathOf = (name: string) => (dataDir === undefined ? undefined : join(dataDir, name));
  const explain = (name: string) => (error: unknown) => {
    throw explainState(`The state in ${pathOf(name)}`, error);
  };
  const starting = [
    startTables({ ...options, dataDir: pathOf('dynamodb') }).catch(explain('dynamodb')),
    startKinesis(pathOf('kinesis')).catch(explain('kinesis')),
    startStorage(pathOf('storage')).catch(explain('storage')),
    startMail(),
  ] as const;
  const outcomes = await Promise.allSettled(starting);
  const failed = outcomes.find((outcome) => outcome.status === 'rejected');
  if (failed !== undefined) {
    await Promise.all(outcomes.map((outcome) => (outcome.status === 'fulfilled' ? outcome.value.close() : undefined)));
    throw failed.reason;
  }
  const [{ engine: dynamodb, lost }, kinesis, storage, mail] = await Promise.all(starting);
  const close = async () => {
    await Promise.all([dynamodb.close(), kinesis.close(), storage.close(), mail.close()]);
  };
  const emulators = { dynamodb, kinesis, storage, mail };
  const notices = Object.values(emulators).flatMap(({ notice = [] }) => notice);
  return { ...emulators, backends: backendsOf(emulators, pathOf), notices, lost, close };
}

/** Its tables outlive the program only on disk. */
async function startTables({
  dataDir,
  engine,
  tell,
  log,
}: EmulatorOptions): Promise<KeptEngine & Pick<DynamoDbEngine, 'close'>> {
  const kept = await keepEngine({
    start: () => startDynamoDb(dataDir, engine, log),
    hasState: dataDir !== undefined,
    tell,
  });
  return { ...kept, close: kept.engine.close };
}

function backendsOf(
  { dynamodb, kinesis, storage, mail }: Pick<Emulators, 'dynamodb' | 'kinesis' | 'storage' | 'mail'>,
  pathOf: (name: string) => string | undefined,
): Backends {
  return {
    dynamodb,
    'streams.dynamodb': dynamodb,
    kinesis,
    s3: storage,
    sqs: storage,
    sns: storage,
    ses: mail,
    secretsmanager: { answer: secretsAnswer(openJsonStore(pathOf('secrets.json'))) },
    ssm: { answer: parametersAnswer(openJsonStore(pathOf('parameters.json'))) },
    kms: { answer: keysAnswer() },
    sts: { answer: identityAnswer },
    monitoring: { answer: telemetryAnswer },
    logs: { answer: telemetryAnswer },
    xray: { answer: telemetryAnswer },
  };
}
