import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { type AwsClient, createAwsClient } from '../../aws-calls/aws-client.ts';
import type { LocalAws } from '../../local-aws/local-aws.ts';
import { startLocalAws } from '../../local-aws/start-local-aws.ts';
import type { ServiceRegistration } from '../../registration/service-registration.ts';
import { type Behaviour, type LambdaStub, startLambdaStub } from './lambda-stub.ts';

/** What a test says of its service. */
export type LocalServiceParts = Partial<Omit<ServiceRegistration, 'lambdaUrl'>> & {
  readonly name: string;
  /** By the full name of a function. */
  readonly behaviours?: Readonly<Record<string, Behaviour>>;
  /** Keeps the state in a folder, so that it outlives a restart. */
  readonly keepsState?: boolean;
};

/** A service on a local AWS of its own. */
export interface LocalService {
  readonly local: LocalAws;
  readonly aws: AwsClient;
  readonly lambda: LambdaStub;
  /** Registers the service, or another one, and waits until it has joined. */
  register(changes?: Partial<ServiceRegistration>): Promise<void>;
  /** Ends everything, and starts it again on the same state. The service has to register again. */
  restart(): Promise<void>;
  /** Receives up to ten messages of a queue, and returns their bodies. */
  bodiesIn(queue: string): Promise<readonly string[]>;
  end(): Promise<void>;
}

/** Starts a local AWS and the functions; the service has not registered yet. */
export async function startLocalService(parts: LocalServiceParts): Promise<LocalService> {
  const { behaviours, keepsState = false, ...own } = parts;
  const dataDir = keepsState ? mkdtempSync(join(tmpdir(), 'weir-service-')) : undefined;
  let lambda = await startLambdaStub(behaviours);
  let local = await startLocalAws({ dataDir, port: 0 });
  const aws = createAwsClient(() => local.url, 'tester');
  const stop = async () => {
    await local.close();
    lambda.close();
  };
  return {
    aws,
    get local() {
      return local;
    },
    get lambda() {
      return lambda;
    },
    register: async (changes = {}) => {
      const defaults = { stage: 'local', region: 'us-east-1', resources: {}, extensions: {}, functions: {} };
      const registration = { ...defaults, ...own, lambdaUrl: lambda.url, ...changes };
      await local.registerService(registration);
      expect(await local.waitForServices([registration.name], 10_000)).to.deep.equal({ outcome: 'ready' });
    },
    restart: async () => {
      await stop();
      lambda = await startLambdaStub(behaviours);
      local = await startLocalAws({ dataDir, port: 0 });
    },
    bodiesIn: (queue) => bodiesIn(aws, queue),
    end: async () => {
      await stop();
      if (dataDir !== undefined) rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** Receives up to ten messages of a queue, and returns their bodies; throws where SQS refuses. */
export async function bodiesIn(aws: AwsClient, queue: string): Promise<readonly string[]> {
  const QueueUrl = `http://sqs.us-east-1.localhost/000000000000/${queue}`;
  const outcome = await aws.json('sqs', 'ReceiveMessage', { QueueUrl, MaxNumberOfMessages: 10 });
  if (!outcome.ok) throw new Error(`ReceiveMessage: ${outcome.code}: ${outcome.message}`);
  return ((outcome.json.Messages ?? []) as readonly { readonly Body: string }[]).map(({ Body }) => Body);
}
