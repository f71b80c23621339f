import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Template } from './account/template.ts';
import type { Serverless } from './serverless.ts';
import { StacksPlugin } from './stacks-plugin.ts';
import { createFakeAccount, type FakeAccount } from './testing/fake-account.ts';

class FrameworkError extends Error {}

const metrics = (DeletionPolicy: string): Template => ({
  Resources: {
    Metrics: { Type: 'AWS::DynamoDB::Table', DeletionPolicy, Properties: { TableName: 'metrics' } },
  },
});

describe('StacksPlugin', () => {
  let serviceDir: string;

  beforeEach(() => {
    serviceDir = mkdtempSync(join(tmpdir(), 'weir-stacks-'));
  });

  afterEach(() => rmSync(serviceDir, { recursive: true }));

  function run(
    hook: string,
    account: FakeAccount,
    { keepData, stage = 'dev' }: { readonly keepData: unknown; readonly stage?: string },
  ): Promise<unknown> {
    const template = metrics(String(keepData) === 'false' ? 'Delete' : 'Retain');
    const serverless: Serverless = {
      serviceDir,
      service: {
        provider: { stage, compiledCloudFormationTemplate: template },
        custom: { stage: { keepData } },
        resources: [template],
      },
      classes: { Error: FrameworkError },
      getProvider: () => ({
        naming: { getStackName: () => 'weir-dev' },
        getRegion: () => 'us-east-1',
        getAccountId: async () => account.accountId,
        getAwsSdkV3Config: async () => ({}),
      }),
    };
    const { hooks } = new StacksPlugin(serverless, {}, { log: { notice: () => {} } }, async () => account);
    return Promise.resolve(hooks[hook]?.()).catch((error: unknown) => error);
  }

  it('refuses a deployment that would make existing resources, and writes the files that take them back', async () => {
    const account = createFakeAccount({ taken: { metrics: { identifier: { TableName: 'metrics' } } } });
    const error = await run('before:deploy:deploy', account, { keepData: 'true' });
    expect(error).to.be.instanceOf(FrameworkError);
    const dir = join(serviceDir, '.serverless/take-back');
    expect(JSON.parse(readFileSync(join(dir, 'resources.json'), 'utf8'))).to.have.length(1);
    expect(JSON.parse(readFileSync(join(dir, 'template.json'), 'utf8'))).to.have.nested.property('Resources.Metrics');
  });

  it('does nothing to a deployment if no name is taken', async () => {
    expect(await run('before:deploy:deploy', createFakeAccount({}), { keepData: 'true' })).to.equal(undefined);
  });

  for (const stage of ['local', 'local-anna']) {
    it(`refuses to deploy "${stage}", and asks AWS nothing`, async () => {
      const error = (await run('before:deploy:deploy', createFakeAccount({}), { keepData: 'true', stage })) as Error;
      expect(error).to.be.instanceOf(FrameworkError);
      expect(error.message).to.equal(
        `"${stage}" is a stage of one machine: name the one to deploy, such as --stage dev`,
      );
    });
  }

  it('protects the tables that stay after a deployment, and lets those go that do not', async () => {
    const account = createFakeAccount({});
    await run('after:deploy:deploy', account, { keepData: 'true' });
    await run('after:deploy:deploy', account, { keepData: 'false' });
    expect(account.calls).to.deep.equal(['protect metrics', 'release metrics']);
  });

  it('says that a stack is deployed if a table cannot be protected', async () => {
    const account = createFakeAccount({});
    account.protectTable = () => Promise.reject(new Error('AccessDenied'));
    const error = await run('after:deploy:deploy', account, { keepData: 'true' });
    expect(error).to.be.instanceOf(FrameworkError);
    expect((error as Error).message).to.equal(
      'weir-dev is deployed, but a table is not protected: AccessDenied. Deploy it again',
    );
  });

  for (const keepData of ['false', false]) {
    it(`lets a stage go where keepData is ${JSON.stringify(keepData)}`, async () => {
      const account = createFakeAccount({ deployed: metrics('Delete') });
      expect(await run('before:remove:remove', account, { keepData })).to.equal(undefined);
    });
  }

  it('refuses a removal that would delete data which the stage keeps', async () => {
    const account = createFakeAccount({ deployed: metrics('Delete') });
    expect(await run('before:remove:remove', account, { keepData: 'true' })).to.be.instanceOf(FrameworkError);
  });
});
