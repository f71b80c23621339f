import {
  CloudFormationClient,
  CreateStackCommand,
  DeleteStackCommand,
  waitUntilStackCreateComplete,
} from '@aws-sdk/client-cloudformation';
import { CloudWatchLogsClient, CreateLogGroupCommand } from '@aws-sdk/client-cloudwatch-logs';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { describeWithMoto, type MotoServer, startMoto } from '@weir/stacks/moto';
import { expect } from 'chai';
import { listNames } from '../aws/list-names.ts';
import { createStageStacks, type StageStacks } from '../aws/stage-stacks.ts';
import type { Pull } from '../github/github.ts';
import { removeStage } from '../stages/remove-stage.ts';
import { NO_PREVIEW } from './plan-preview.ts';
import { previewStage } from './preview-stage.ts';
import { type SweepDeps, sweepPreviews } from './sweep-previews.ts';

const REPOSITORY = '7';
const OTHER_REPOSITORY = '8';
const REGION = 'us-east-1';
const pull = (number: number, labels: string[] = []): Pull => ({
  ...{ number, isOpen: true, labels, commit: 'c', repositoryId: REPOSITORY },
});

describeWithMoto('the sweep of previews', function () {
  this.timeout(60_000);
  let moto: MotoServer;
  let cloudFormation: CloudFormationClient;
  let stacks: StageStacks;
  let open: Pull[];
  let told: string[];

  before(async () => {
    moto = await startMoto();
    cloudFormation = new CloudFormationClient(moto.config);
    stacks = createStageStacks(moto.config);
  });
  beforeEach(async () => {
    await fetch(`${moto.config.endpoint}/moto-api/reset`, { method: 'POST' });
    told = [];
  });
  after(async () => moto?.close());

  /** Makes stacks of a queue, which stays if it is kept. */
  async function makeStage(stage: string, services: readonly string[], DeletionPolicy = 'Delete'): Promise<void> {
    for (const StackName of services.map((service) => `weir-${service}-${stage}`)) {
      const TemplateBody = JSON.stringify({ Resources: { Queue: { Type: 'AWS::SQS::Queue', DeletionPolicy } } });
      await cloudFormation.send(new CreateStackCommand({ StackName, TemplateBody }));
      await waitUntilStackCreateComplete({ client: cloudFormation, maxWaitTime: 20, minDelay: 1 }, { StackName });
    }
  }

  function createDeps(): SweepDeps {
    const serverless = async (service: string, [, , stage]: readonly string[]) => {
      await cloudFormation.send(new DeleteStackCommand({ StackName: `weir-${service}-${stage}` }));
      return 0;
    };
    const tell = (sentence: string) => void told.push(sentence);
    return {
      github: {
        listOpenPulls: async () => open,
        findPull: async (number) => open.find((found) => found.number === number),
      },
      listStacks: async () => (await stacks.list()).map((name) => ({ kind: 'stack', name })),
      listOthers: () => listNames(moto.config),
      removeStage: (stage) =>
        removeStage({ stacks, serverless, wait: async () => {}, tell }, { stage, region: REGION }),
      tell,
    };
  }

  const stage = (number: number, repository = REPOSITORY) => previewStage(number, repository);

  it('removes those that no pull request is to have, in order, and nothing else', async () => {
    open = [pull(2), pull(3, [NO_PREVIEW])];
    await makeStage(stage(1), ['ingest-stream', 'api']);
    for (const other of [stage(2), stage(3), stage(1, OTHER_REPOSITORY), 'production', 'dev-anna']) {
      await makeStage(other, ['api']);
    }
    expect(await sweepPreviews(createDeps(), REPOSITORY)).to.deep.equal([]);
    expect(await stacks.list()).to.have.members(
      [stage(2), stage(1, OTHER_REPOSITORY), 'production', 'dev-anna'].map((name) => `weir-api-${name}`),
    );
    expect(told.filter((sentence) => sentence.endsWith('is removed'))).to.deep.equal([
      `Nobody needs ${stage(1)}: it is removed`,
      ...['api', 'ingest-stream'].map((service) => `weir-${service}-${stage(1)} is removed`),
      `Nobody needs ${stage(3)}: it is removed`,
      `weir-api-${stage(3)} is removed`,
    ]);
  });

  it('reports what is left of removed ones: log groups, S3 buckets and parameters with their names', async () => {
    open = [pull(2)];
    const logs = new CloudWatchLogsClient(moto.config);
    const s3 = new S3Client({ ...moto.config, forcePathStyle: true });
    const ssm = new SSMClient(moto.config);
    for (const name of [stage(1), stage(2)]) {
      await logs.send(new CreateLogGroupCommand({ logGroupName: `/aws/lambda/weir-api-${name}-keys` }));
      await s3.send(new CreateBucketCommand({ Bucket: `weir-${name}-archive-123456789012` }));
      const parameter = { Name: `/weir/${name}/deployed/api`, Value: 'c', Type: 'String' } as const;
      await ssm.send(new PutParameterCommand(parameter));
    }
    expect(await sweepPreviews(createDeps(), REPOSITORY)).to.deep.equal([
      `Left of ${stage(1)}: the log group /aws/lambda/weir-api-${stage(1)}-keys`,
      `Left of ${stage(1)}: the S3 bucket weir-${stage(1)}-archive-123456789012`,
      `Left of ${stage(1)}: the parameter /weir/${stage(1)}/deployed/api`,
    ]);
  });

  it('goes on after a stage that cannot be removed, such as one that keeps data, and reports it', async () => {
    open = [];
    await makeStage(stage(1), ['ingest-stream'], 'Retain');
    await makeStage(stage(2), ['ingest-stream']);
    const [first, ...more] = await sweepPreviews(createDeps(), REPOSITORY);
    expect(first).to.match(/^pr-1-\w+ cannot be removed: .* keeps data/);
    expect(more).to.deep.equal([`Left of ${stage(1)}: the stack weir-ingest-stream-${stage(1)}`]);
  });

  it('leaves a pull request alone that is opened again meanwhile', async () => {
    open = [];
    await makeStage(stage(1), ['api']);
    const deps = createDeps();
    const findPull = async () => {
      open = [pull(1)];
      return open[0];
    };
    expect(await sweepPreviews({ ...deps, github: { ...deps.github, findPull } }, REPOSITORY)).to.deep.equal([]);
    expect(await stacks.list()).to.deep.equal([`weir-api-${stage(1)}`]);
  });

  it('reports a pull request that is opened again while its preview is removed', async () => {
    open = [];
    await makeStage(stage(1), ['api']);
    const deps = createDeps();
    const removing = async (name: string) => {
      await deps.removeStage(name);
      open = [pull(1)];
    };
    expect(await sweepPreviews({ ...deps, removeStage: removing }, REPOSITORY)).to.deep.equal([
      `${stage(1)} was removed while its pull request was opened again: run preview.yml for it again`,
    ]);
  });

  it('removes nothing if it cannot tell which pull requests are open', async () => {
    await makeStage(stage(1), ['api']);
    const deps = createDeps();
    const listOpenPulls = () => Promise.reject(new Error('GitHub answers with 403'));
    const failed = sweepPreviews({ ...deps, github: { ...deps.github, listOpenPulls } }, REPOSITORY);
    expect(await failed.catch((error: Error) => error.message)).to.match(/403/);
    expect(await stacks.list()).to.have.length(1);
  });
});
