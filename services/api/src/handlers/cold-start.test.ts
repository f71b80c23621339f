import { spawnSync } from 'node:child_process';
import { expect } from 'chai';
import { TOLD } from '../testing/told-environment.ts';

/** Modules that a function loads only when a request needs them. */
const LAZY =
  /^(ioredis|@aws-lambda-powertools\/idempotency|@aws-sdk\/(client-s3|client-sfn|s3-request-presigner)|sharp|ipaddr\.js)/;

const environment = { ...TOLD, PATH: process.env.PATH, WEIR_REDIS_URL: 'redis://127.0.0.1:1' };

/** Loads a handler in a process of its own, which prints every requested module. */
function modulesOf(handler: string, told: Readonly<Record<string, string>> = {}): string[] {
  const script = `
    const { registerHooks } = await import('node:module');
    registerHooks({ resolve: (name, context, next) => (console.log(name), next(name, context)) });
    await import(${JSON.stringify(`${import.meta.dirname}/${handler}`)});`;
  const options = { env: { ...environment, ...told }, encoding: 'utf8', timeout: 20_000 } as const;
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], options);
  expect(status, stderr).to.equal(0);
  return stdout.split('\n');
}

describe('the start of a function', () => {
  for (const handler of [
    'events.ts',
    'metrics.ts',
    'keys.ts',
    'users.ts',
    'reports.ts',
    'alerts.ts',
    'webhooks.ts',
    'addresses.ts',
    'meta.ts',
  ]) {
    it(`loads with ${handler} no client for Redis, S3 or Step Functions, and no idempotency library`, function () {
      this.timeout(30_000);
      const modules = modulesOf(handler);
      expect(modules.some((name) => name.endsWith('/serve.ts'))).to.equal(true);
      expect(modules.filter((name) => LAZY.test(name))).to.deep.equal([]);
    });
  }

  it('loads with events.ts no reader of secrets, as only the URL of Redis may be in one', function () {
    this.timeout(30_000);
    const told = { WEIR_REDIS_URL: '', WEIR_REDIS_SECRET: 'redis' };
    expect(modulesOf('events.ts', told).filter((name) => /secrets/.test(name))).to.deep.equal([]);
  });
});
