import { randomBytes, randomUUID } from 'node:crypto';
import type { Answer } from '../../aws-calls/backend.ts';
import type { JsonStore } from '../../data-dir/json-store.ts';
import { AwsError, jsonAnswer } from './json-answer.ts';

/** A value of a secret. */
interface Version {
  /** Undefined for a version that a rotation has begun with, and whose value is still to be made. */
  readonly value: string | undefined;
  readonly versionId: string;
  readonly createdAt: number;
}

/** A secret with its current version, the one before it, and the one that waits for its rotation. */
export interface StoredSecret extends Version {
  readonly arn: string;
  readonly value: string;
  readonly previous?: Version;
  readonly pending?: Version;
}

type Input = Readonly<Record<string, unknown>>;

/**
 * Answers for Secrets Manager, kept in `store`. `RotateSecret` only makes the version that waits: whoever calls it invokes
 * the function for each step.
 */
export function secretsAnswer(store: JsonStore<StoredSecret>): Answer {
  return jsonAnswer({
    CreateSecret: (input) => create(store, input),
    GetSecretValue: (input) => value(find(store, input), input),
    DescribeSecret: (input) => description(...find(store, input)),
    PutSecretValue: (input) => put(store, input),
    UpdateSecret: (input) => put(store, input),
    UpdateSecretVersionStage: (input) => makeCurrent(store, input),
    RotateSecret: (input) => rotate(store, input),
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
  const { arn, pending, ...current } = newVersion(old.arn, input);
  const isPending = (input.VersionStages as readonly string[] | undefined)?.includes('AWSPENDING') === true;
  const isTaken = old.pending?.versionId === current.versionId && old.pending.value !== undefined;
  if (isTaken && old.pending?.value !== current.value) {
    throw new AwsError('ResourceExistsException', 'A version with this id has another value');
  }
  const next = isPending ? { ...old, pending: current } : { arn, ...current, previous: versionOf(old) };
  store.set(name, next);
  const VersionStages = [isPending ? 'AWSPENDING' : 'AWSCURRENT'];
  return { ARN: arn, Name: name, VersionId: current.versionId, VersionStages };
}

function newVersion(arn: string, input: Input): StoredSecret {
  const versionId = String(input.ClientRequestToken ?? randomUUID());
  return { arn, value: String(input.SecretString ?? ''), versionId, createdAt: Date.now() / 1000 };
}

function versionOf({ value, versionId, createdAt }: Version): Version {
  return { value, versionId, createdAt };
}

/** Only the version that waits becomes the current one. */
function makeCurrent(store: JsonStore<StoredSecret>, input: Input): object {
  const [name, { pending, ...old }] = find(store, input);
  const isKnown = input.VersionStage === 'AWSCURRENT' && input.RemoveFromVersionId === old.versionId;
  if (!isKnown || pending?.value === undefined || input.MoveToVersionId !== pending.versionId) {
    throw new AwsError('InvalidParameterException', 'The label cannot be moved from this version to that one');
  }
  store.set(name, { ...pending, value: pending.value, arn: old.arn, previous: versionOf(old) });
  return { ARN: old.arn, Name: name };
}

function rotate(store: JsonStore<StoredSecret>, input: Input): object {
  const [name, secret] = find(store, input);
  const versionId = secret.pending?.versionId ?? String(input.ClientRequestToken ?? randomUUID());
  const pending = secret.pending ?? { versionId, value: undefined, createdAt: Date.now() / 1000 };
  store.set(name, { ...secret, pending });
  return { ARN: secret.arn, Name: name, VersionId: versionId };
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

/** The versions that have a label, with it. */
function labelled({ pending, previous, ...current }: StoredSecret): readonly (readonly [string, Version])[] {
  const all = { AWSCURRENT: current, AWSPREVIOUS: previous, AWSPENDING: pending };
  return Object.entries(all).flatMap(([label, version]) => (version === undefined ? [] : [[label, version] as const]));
}

function value([name, secret]: [string, StoredSecret], { VersionId: id, VersionStage: stage }: Input): object {
  const wanted = stage ?? (id === undefined ? 'AWSCURRENT' : undefined);
  const [label, version] =
    labelled(secret).find(
      ([own, { versionId }]) => (wanted === undefined || own === wanted) && (id === undefined || versionId === id),
    ) ?? [];
  if (version?.value === undefined) {
    throw new AwsError('ResourceNotFoundException', "Secrets Manager can't find the specified secret value.");
  }
  const { versionId: VersionId, value: SecretString, createdAt: CreatedDate } = version;
  return { ARN: secret.arn, Name: name, VersionId, SecretString, VersionStages: [label], CreatedDate };
}

function description(name: string, secret: StoredSecret): object {
  const VersionIdsToStages = Object.fromEntries(labelled(secret).map(([label, { versionId }]) => [versionId, [label]]));
  return { ARN: secret.arn, Name: name, CreatedDate: secret.createdAt, VersionIdsToStages };
}
