import { join } from 'node:path';
import type { Backends } from '../aws-calls/backend.ts';
import { openJsonStore } from '../data-dir/json-store.ts';
import type { DynamoDbEngine } from '../dynamodb-engines/dynamodb-engine.ts';
import type { EngineName } from '../dynamodb-engines/engine-name.ts';
import { startDynamoDb } from '../dynamodb-engines/start-dynamodb.ts';
import { keysAnswer } from './answers/keys.ts';
import { parametersAnswer } from './answers/parameters.ts';
import { secretsAnswer } from './answers/secrets.ts';
import { identityAnswer, telemetryAnswer } from './answers/telemetry.ts';
import type { Emulator } from './emulator.ts';
import { startKinesis } from './kinesis.ts';
import { startMail } from './mail.ts';
import { startStorage } from './storage.ts';

/** Everything behind the AWS door. */
export interface Emulators {
  readonly dynamodb: DynamoDbEngine;
  readonly kinesis: Emulator;
  readonly storage: Emulator;
  readonly mail: Emulator;
  /** What answers each service's calls. */
  readonly backends: Backends;
  readonly notices: readonly string[];
  close(): Promise<void>;
}

/** Starts every emulator at the same time. If one fails, the others are ended and its error is thrown. */
export async function startEmulators(dataDir: string | undefined, engine?: EngineName): Promise<Emulators> {
  const pathOf = (name: string) => (dataDir === undefined ? undefined : join(dataDir, name));
  const starting = [
    startDynamoDb(pathOf('dynamodb'), engine),
    startKinesis(pathOf('kinesis')),
    startStorage(pathOf('storage')),
    startMail(),
  ] as const;
  const outcomes = await Promise.allSettled(starting);
  const failed = outcomes.find((outcome) => outcome.status === 'rejected');
  if (failed !== undefined) {
    await Promise.all(outcomes.map((outcome) => (outcome.status === 'fulfilled' ? outcome.value.close() : undefined)));
    throw failed.reason;
  }
  const [dynamodb, kinesis, storage, mail] = await Promise.all(starting);
  const close = async () => {
    await Promise.all([dynamodb.close(), kinesis.close(), storage.close(), mail.close()]);
  };
  const emulators = { dynamodb, kinesis, storage, mail };
  const notices = Object.values(emulators).flatMap(({ notice = [] }) => notice);
  return { ...emulators, backends: backendsOf(emulators, pathOf), notices, close };
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
