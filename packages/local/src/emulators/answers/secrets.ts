import { randomBytes, randomUUID } from 'node:crypto';
import type { Answer } from '../../aws-calls/backend.ts';
import type { JsonStore } from '../../data-dir/json-store.ts';
import { AwsError, jsonAnswer } from './json-answer.ts';

/** A secret with its current version. */
export interface StoredSecret {
  readonly arn: string;
  readonly value: string;
  readonly versionId: string;
  readonly createdAt: number;
}

type Input = Readonly<Record<string, unknown>>;

/** Answers for Secrets Manager: one version of each secret, kept in `store`. */
export function secretsAnswer(store: JsonStore<StoredSecret>): Answer {
  return jsonAnswer({
    CreateSecret: (input) => create(store, input),
    GetSecretValue: (input) => value(...find(store, input)),
    DescribeSecret: (input) => description(...find(store, input)),
    PutSecretValue: (input) => put(store, input),
    UpdateSecret: (input) => put(store, input),
    ListSecrets: () => ({ SecretList: store.entries().map(([name, secret]) => description(name, secret)) }),
    DeleteSecret: (input) => {
      const [name, secret] = find(store, input);
      store.delete(name);
      return { ARN: secret.arn, Name: name, DeletionDate: Date.now() / 1000 };
    },
    GetRandomPassword: (input) => ({ RandomPassword: randomPassword(Number(input.PasswordLength ?? 32)) }),
  });
}

/** Letters and digits, which need no quoting anywhere. */
export function randomPassword(length: number): string {
  const alphabet = 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz23456789';
  // 55 symbols of 256 values: the slight bias does not matter on one's own machine.
  return [...randomBytes(length)].map((byte) => alphabet.charAt(byte % alphabet.length)).join('');
}

function create(store: JsonStore<StoredSecret>, input: Input): object {
  const name = String(input.Name);
  if (store.get(name) !== undefined) throw new AwsError('ResourceExistsException', `The secret ${name} exists`);
  const suffix = randomPassword(6);
  const secret = newVersion(`arn:aws:secretsmanager:us-east-1:000000000000:secret:${name}-${suffix}`, input);
  store.set(name, secret);
  return { ARN: secret.arn, Name: name, VersionId: secret.versionId };
}

function put(store: JsonStore<StoredSecret>, input: Input): object {
  const [name, old] = find(store, input);
  const secret = newVersion(old.arn, input);
  store.set(name, secret);
  return { ARN: secret.arn, Name: name, VersionId: secret.versionId, VersionStages: ['AWSCURRENT'] };
}

function newVersion(arn: string, input: Input): StoredSecret {
  return { arn, value: String(input.SecretString ?? ''), versionId: randomUUID(), createdAt: Date.now() / 1000 };
}

function find(store: JsonStore<StoredSecret>, input: Input): [string, StoredSecret] {
  const id = String(input.SecretId);
  const entry = store
    .entries()
    .find(([name, { arn }]) => name === id || arn === id || arn.replace(/-\w{6}$/, '') === id);
  if (entry === undefined) {
    throw new AwsError('ResourceNotFoundException', "Secrets Manager can't find the specified secret.");
  }
  return [...entry];
}

function value(name: string, secret: StoredSecret): object {
  const { arn: ARN, versionId: VersionId, value: SecretString, createdAt: CreatedDate } = secret;
  return { ARN, Name: name, VersionId, SecretString, VersionStages: ['AWSCURRENT'], CreatedDate };
}

function description(name: string, secret: StoredSecret): object {
  return {
    ARN: secret.arn,
    Name: name,
    CreatedDate: secret.createdAt,
    VersionIdsToStages: { [secret.versionId]: ['AWSCURRENT'] },
  };
}
