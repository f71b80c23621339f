import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CloudFormationClient, DescribeStackResourceCommand, GetTemplateCommand } from '@aws-sdk/client-cloudformation';
import { GetFunctionConfigurationCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { HeadObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { describeWithMoto, type MotoServer, startMoto } from '@weir/stacks/moto';
import { expect } from 'chai';
import { deployArtifact } from './deploy-artifact.ts';
import { runServerless } from './run-serverless.ts';

const STAGE = 'staging';
/** A service as small as one can be: what is tried is the same for all. */
const SERVICE = `
service: weir-tried
provider: { name: aws, runtime: nodejs24.x, versionFunctions: false, deploymentMethod: direct }
functions: { hello: { handler: hello.handler } }
package: { patterns: ['!**', 'hello.mjs'] }
`;

describeWithMoto('an artifact', function () {
  this.timeout(240_000);
  let moto: MotoServer;
  let dir: string;
  let env: NodeJS.ProcessEnv;
  let now = Date.UTC(2026, 10, 30);

  before(async () => {
    moto = await startMoto();
    // The framework finds its own packages from here.
    dir = mkdtempSync(join(import.meta.dirname, '../../.tried-'));
    const { endpoint, region, credentials } = moto.config;
    env = {
      ...{ PATH: process.env.PATH, HOME: dir, AWS_ENDPOINT_URL: endpoint, AWS_REGION: region },
      ...{ AWS_ACCESS_KEY_ID: credentials.accessKeyId, AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey },
      // Milliseconds between two looks at the stack.
      SLS_AWS_MONITORING_FREQUENCY: '100',
    };
    writeFileSync(join(dir, 'serverless.yml'), SERVICE);
    for (const name of ['a', 'b']) await pack(name);
  });

  after(async () => {
    await moto?.close();
    if (dir) rmSync(dir, { recursive: true });
  });

  const serverless = (args: readonly string[]) => runServerless(args, { cwd: dir, env, stdio: 'ignore' });

  async function pack(name: string): Promise<void> {
    writeFileSync(join(dir, 'hello.mjs'), `export const handler = async () => '${name}';`);
    expect(await serverless(['package', '--stage', STAGE, '--package', name])).to.equal(0);
  }

  /** The hash of the zip, as Lambda says it. */
  function hashOf(name: string): string {
    const zip = readFileSync(join(dir, name, 'weir-tried.zip'));
    return createHash('sha256').update(zip).digest('base64');
  }

  async function deploy(name: string, stage = STAGE): Promise<number> {
    now += 60_000;
    const command = { artifact: join(dir, name), stage, region: 'us-east-1', allAtOnce: false, options: [] };
    return deployArtifact({ now: () => now, serverless: (_service, args) => serverless(args) }, command);
  }

  async function runningHash(): Promise<string | undefined> {
    const FunctionName = `weir-tried-${STAGE}-hello`;
    const lambda = new LambdaClient(moto.config);
    return (await lambda.send(new GetFunctionConfigurationCommand({ FunctionName }))).CodeSha256;
  }

  /** Finds the zip that the stack's template names, as CloudFormation does when it rolls an update back. */
  async function findStackZip(): Promise<number | undefined> {
    const cloudFormation = new CloudFormationClient(moto.config);
    const StackName = `weir-tried-${STAGE}`;
    const { TemplateBody = '' } = await cloudFormation.send(new GetTemplateCommand({ StackName }));
    const { S3Key: Key } = JSON.parse(TemplateBody).Resources.HelloLambdaFunction.Properties.Code;
    const bucket = new DescribeStackResourceCommand({ StackName, LogicalResourceId: 'ServerlessDeploymentBucket' });
    const Bucket = (await cloudFormation.send(bucket)).StackResourceDetail?.PhysicalResourceId;
    const s3 = new S3Client({ ...moto.config, forcePathStyle: true });
    return (await s3.send(new HeadObjectCommand({ Bucket, Key }))).ContentLength;
  }

  it('rolls a stage forward and back, however often, and keeps what its stack refers to', async () => {
    // The framework keeps the objects of five deployments.
    for (const [at, name] of [...'abababa'].entries()) {
      expect(await deploy(name)).to.equal(0);
      expect(await runningHash(), `deployment ${at}`).to.equal(hashOf(name));
      expect(await findStackZip(), `deployment ${at}`).to.be.greaterThan(0);
    }
  });

  it('is refused for a stage for which it was not packaged', async () => {
    const refused = await deploy('a', 'production').catch((error: Error) => error.message);
    expect(refused).to.match(/a was packaged for staging, and not for production: package the service/);
  });
});
