import { spawnSync } from 'node:child_process';
import { expect } from 'chai';

/** What a function loads when a request needs it, and not before. */
const LAZY =
  /^(ioredis|@aws-lambda-powertools\/idempotency|@aws-sdk\/(client-s3|client-sfn|s3-request-presigner)|sharp)/;

const environment = {
  PATH: process.env.PATH,
  AWS_REGION: 'us-east-1',
  WEIR_STAGE: 'test',
  WEIR_SERVICE: 'weir-api',
  WEIR_STREAM_NAME: 'stream',
  WEIR_METRICS_TABLE: 'metrics',
  WEIR_IDEMPOTENCY_TABLE: 'idempotency',
  WEIR_BOOTSTRAP_KEY_SECRET: 'secret',
  WEIR_CURSOR_SECRET: 'secret',
  WEIR_KEYS_TABLE: 'keys',
  WEIR_USERS_TABLE: 'users',
  WEIR_AVATARS_BUCKET: 'avatars',
  WEIR_USER_ACTIVITY: 'true',
  WEIR_ERASURE_MACHINE_ARN: 'arn:aws:states:us-east-1:000000000000:stateMachine:erasures',
  WEIR_ERASURE_GRACE_SECONDS: '900',
  WEIR_ERASURE_LAST_PASS_SECONDS: '691200',
  WEIR_STREAM_RETENTION_HOURS: '168',
  WEIR_LOG_RETENTION_DAYS: '30',
  WEIR_REDIS_URL: 'redis://127.0.0.1:1',
  WEIR_RATE_LIMIT_PER_SECOND: '100',
  WEIR_RATE_LIMIT_BURST: '1000',
};

/** Loads a handler in a process of its own, which prints every module that is asked for. */
function modulesOf(handler: string): string[] {
  const script = `
    const { registerHooks } = await import('node:module');
    registerHooks({ resolve: (name, context, next) => (console.log(name), next(name, context)) });
    await import(${JSON.stringify(`${import.meta.dirname}/${handler}`)});`;
  const options = { env: environment, encoding: 'utf8', timeout: 20_000 } as const;
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], options);
  expect(status, stderr).to.equal(0);
  return stdout.split('\n');
}

describe('the start of a function', () => {
  for (const handler of ['events.ts', 'metrics.ts', 'keys.ts', 'users.ts', 'meta.ts']) {
    it(`loads with ${handler} no client for Redis, S3 or Step Functions, nor what remembers answers`, function () {
      this.timeout(30_000);
      const modules = modulesOf(handler);
      expect(modules.some((name) => name.endsWith('http/serve.ts'))).to.equal(true);
      expect(modules.filter((name) => LAZY.test(name))).to.deep.equal([]);
    });
  }
});
