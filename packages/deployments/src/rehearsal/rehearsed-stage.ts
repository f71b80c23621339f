import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { MotoServer } from '@weir/stacks/moto';
import { deployArtifact } from '../artifact/deploy-artifact.ts';
import { packageArtifact } from '../artifact/package-artifact.ts';
import { runServerless } from '../artifact/run-serverless.ts';
import type { AccountReader } from '../aws/account-reader.ts';
import type { StageStacks } from '../aws/stage-stacks.ts';
import { removeStage, stackName } from '../stages/remove-stage.ts';
import { type CheckedStack, checkStack, type PlannedResource } from './check-stack.ts';

const TEMPLATE_FILE = 'cloudformation-template-update-stack.json';

export interface StageOptions {
  readonly stage: string;
  /** Settings of the framework's and our own clients. */
  readonly config: MotoServer['config'];
  readonly account: AccountReader;
  readonly stacks: StageStacks;
  /** Says what goes on. */
  readonly tell: (sentence: string) => void;
  /** Where programs are found. */
  readonly path: string | undefined;
  /** Holds the artifacts, and is the home of the framework. */
  readonly dir: string;
  /** The directory with the services. */
  readonly servicesDir: string;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/** A stage that the framework makes in an emulated account, as it would in AWS. */
export class RehearsedStage {
  readonly #options: StageOptions;

  constructor(options: StageOptions) {
    this.#options = options;
  }

  /** Packages a service. All its deployments are of this artifact. */
  async package(service: string): Promise<void> {
    const { stage, config, servicesDir } = this.#options;
    const artifact = {
      stage,
      region: config.region,
      serviceDir: join(servicesDir, service),
      dir: this.#artifact(service),
    };
    const code = await packageArtifact(artifact, { env: this.#environment(), stdio: 'ignore' });
    if (code !== 0) throw new Error(`serverless package of ${service} ended with ${code}`);
  }

  /** Throws an Error if the framework fails. */
  async deploy(service: string): Promise<void> {
    const { stage, now, config } = this.#options;
    const command = { artifact: this.#artifact(service), stage, region: config.region, allAtOnce: false, options: [] };
    await deployArtifact({ now, serverless: (name, args) => this.#serverless(name, args) }, command);
  }

  async remove(service: string): Promise<void> {
    await this.#serverless(service, ['remove', '--stage', this.#options.stage]);
  }

  /** Removes all services, those that are still there. */
  async removeAll(): Promise<void> {
    const { stage, stacks, tell, config } = this.#options;
    const serverless = (service: string, args: readonly string[]) => this.#serverless(service, args);
    const deps = { stacks, tell, serverless, wait: (ms: number) => setTimeout(ms) };
    await removeStage(deps, { stage, region: config.region });
  }

  /** Compares a service's stack with its template, and what its functions run with what was packaged. */
  async check(service: string): Promise<CheckedStack> {
    const template = JSON.parse(await readFile(join(this.#artifact(service), TEMPLATE_FILE), 'utf8'));
    const planned = template.Resources as Readonly<Record<string, PlannedResource>>;
    const checked = checkStack(planned, await this.#options.account.listStack(stackName(service, this.#options.stage)));
    const functions = Object.values(template.Resources).filter(isFunction);
    const faults = await Promise.all(functions.map((fn) => this.#compareCode(service, fn)));
    return { ...checked, faults: [...checked.faults, ...faults.flat()] };
  }

  async #compareCode(service: string, { Properties }: PlannedFunction): Promise<string[]> {
    const { FunctionName, Code } = Properties;
    const zip = await readFile(join(this.#artifact(service), Code.S3Key.split('/').at(-1) ?? ''));
    const hash = await this.#options.account.codeHash(FunctionName);
    return hash === createHash('sha256').update(zip).digest('base64') ? [] : [`${FunctionName} runs other code`];
  }

  async #serverless(service: string, args: readonly string[]): Promise<number> {
    const cwd = join(this.#options.servicesDir, service);
    const code = await runServerless(args, { cwd, env: this.#environment(), stdio: 'ignore' });
    if (code !== 0) throw new Error(`serverless ${args[0]} of ${service} ended with ${code}`);
    return code;
  }

  #environment(): NodeJS.ProcessEnv {
    const { config, dir, path } = this.#options;
    const { endpoint, region, credentials } = config;
    return {
      ...{ PATH: path, HOME: dir, AWS_ENDPOINT_URL: endpoint, AWS_REGION: region },
      ...{ AWS_ACCESS_KEY_ID: credentials.accessKeyId, AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey },
      // Milliseconds between two looks at the stack.
      SLS_AWS_MONITORING_FREQUENCY: '200',
    };
  }

  #artifact(service: string): string {
    return join(this.#options.dir, service);
  }
}

interface PlannedFunction {
  readonly Type: string;
  readonly Properties: { readonly FunctionName: string; readonly Code: { readonly S3Key: string } };
}

function isFunction(resource: unknown): resource is PlannedFunction {
  return (resource as PlannedFunction).Type === 'AWS::Lambda::Function';
}
