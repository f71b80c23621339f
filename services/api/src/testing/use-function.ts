import { createDynamoDbClient } from '@weir/dynamodb';
import { type FaultRule, type LocalAws, startLocalAws } from '@weir/local';
import type { APIGatewayProxyHandler, APIGatewayProxyResult, Context } from 'aws-lambda';
import { type Answer, apiEvent, type EventParts, readAnswer } from './api-event.ts';
import { tableResource } from './table-resource.ts';
import { tellFunctions } from './told-environment.ts';

/** A function of the API, as a suite of connected tests needs it. */
export interface TestedFunction {
  /** The function's name in the template. Its requests are recorded under the name of its role. */
  readonly name: string;
  readonly timeoutSeconds: number;
  /** What it needs beside the table of idempotency records and the secret of cursors. */
  readonly resources: Readonly<Record<string, object>>;
  readonly load: () => Promise<{ readonly handler: APIGatewayProxyHandler }>;
  /** The environment of this process, which the function reads. */
  readonly env: NodeJS.ProcessEnv;
  /** What it is told beside that of every function. */
  readonly told?: Readonly<Record<string, string>>;
}

type Client = ReturnType<typeof createDynamoDbClient>;

/** A request whose body is JSON. */
export type JsonParts = Omit<EventParts, 'body'> & { readonly body?: object };

/** The function over a local AWS of the suite's own, and that AWS. */
export interface FunctionDoor {
  readonly call: (parts: JsonParts) => Promise<Answer>;
  readonly addFault: (rule: FaultRule) => void;
  readonly clearFaults: () => void;
  /** A tester's client: only inside of tests. */
  readonly client: () => Client;
}

const SHARED = {
  Idempotency: tableResource('weir-test-idempotency', ['id']),
  CursorSecret: {
    Type: 'AWS::SecretsManager::Secret',
    Properties: { Name: 'weir-test-cursor-secret', GenerateSecretString: { PasswordLength: 43 } },
  },
};

/** Starts the function before a suite of tests, and ends it after them. Each test begins without faults. */
export function useFunction(tested: TestedFunction): FunctionDoor {
  const { name, timeoutSeconds, resources, load, env, told } = tested;
  let aws: LocalAws;
  let client: Client;
  let handler: APIGatewayProxyHandler;
  let untell = () => {};

  before(async () => {
    aws = await startLocalAws({ dataDir: undefined, port: 0 });
    // Its rights are not checked here, but its calls are recorded under the name of its role.
    const functions = { [name]: { name: `weir-api-test-${name}`, timeoutSeconds, events: [] } };
    const service = { name: 'weir-api', stage: 'test', region: 'us-east-1', lambdaUrl: 'http://127.0.0.1:9' };
    await aws.registerService({ ...service, resources: { ...SHARED, ...resources }, extensions: {}, functions });
    untell = tellFunctions(env, aws.url, { AWS_ACCESS_KEY_ID: `weirapi${name}`, ...told });
    client = createDynamoDbClient({ credentials: { accessKeyId: 'tester', secretAccessKey: 'local' } });
    ({ handler } = await load());
  });
  after(async () => {
    untell();
    client?.destroy();
    await aws?.close();
  });
  beforeEach(() => aws.clearFaults());

  return {
    async call({ body, ...parts }) {
      const remainingMs = timeoutSeconds * 1000;
      const context = { awsRequestId: 'call-1', functionName: name, getRemainingTimeInMillis: () => remainingMs };
      const event = apiEvent({ ...parts, ...(body && { body: JSON.stringify(body) }) });
      return readAnswer((await handler(event, context as Context, () => undefined)) as APIGatewayProxyResult);
    },
    addFault: (rule) => aws.addFaults(rule),
    clearFaults: () => aws.clearFaults(),
    client: () => client,
  };
}
