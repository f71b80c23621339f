import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isLocal } from '@weir/packaging/is-local';
import type { Account } from './account/account.ts';
import { findTakenNames } from './create/find-taken-names.ts';
import type { TakeBack } from './create/take-back.ts';
import { protectTables } from './deployed/protect-tables.ts';
import { prepareRemoval } from './remove/prepare-removal.ts';
import type { PluginWriters, Serverless } from './serverless.ts';

/** The folder below the service with the two files that take data into a stack again. */
const TAKE_BACK_DIR = '.serverless/take-back';

/**
 * Does the work that CloudFormation needs before it makes or removes a stack: names that are taken are found before
 * anything is made, and data that does not outlive the stage is removed. After a deployment it protects the tables. It
 * asks AWS only then, never when packaging.
 */
export class StacksPlugin {
  readonly hooks: Readonly<Record<string, () => Promise<void>>>;
  readonly #serverless: Serverless;
  readonly #say: (line: string) => void;
  readonly #openAccount: (serverless: Serverless) => Promise<Account>;

  // biome-ignore lint/complexity/useMaxParams: the framework gives the first three
  constructor(serverless: Serverless, _options: object, { log }: PluginWriters, openAccount = openAwsAccount) {
    this.#serverless = serverless;
    this.#say = (line) => log.notice(line);
    this.#openAccount = openAccount;
    this.hooks = {
      'before:deploy:deploy': async () => {
        this.#refuseLocalStage();
        await this.#refuseTakenNames();
      },
      'after:deploy:deploy': () => this.#protectTables(),
      'before:remove:remove': () => this.#prepareRemoval(),
    };
  }

  /** Without `--stage`, the stage is one of this machine: in AWS its webhooks could reach private addresses. */
  #refuseLocalStage(): void {
    const { service, classes } = this.#serverless;
    const { stage } = service.provider;
    if (!isLocal(stage)) return;
    throw new classes.Error(`"${stage}" is a stage of one machine: name the one to deploy, such as --stage dev`);
  }

  async #refuseTakenNames(): Promise<void> {
    const { service, serviceDir, classes } = this.#serverless;
    const account = await this.#openAccount(this.#serverless);
    const taken = await findTakenNames(account, this.#stackName(), service.provider.compiledCloudFormationTemplate);
    if (taken === undefined) return;
    if (taken.takeBack) writeTakeBack(join(serviceDir, TAKE_BACK_DIR), taken.takeBack);
    throw new classes.Error(taken.problem);
  }

  async #protectTables(): Promise<void> {
    const { service, classes } = this.#serverless;
    const account = await this.#openAccount(this.#serverless);
    const { compiledCloudFormationTemplate } = service.provider;
    const changed = await protectTables(account, compiledCloudFormationTemplate).catch((error: Error) => {
      throw new classes.Error(
        `${this.#stackName()} is deployed, but a table is not protected: ${error.message}. Deploy it again`,
      );
    });
    if (changed.length > 0) this.#say(`Set the deletion protection of ${changed.join(', ')}`);
  }

  async #prepareRemoval(): Promise<void> {
    const { service, classes } = this.#serverless;
    const account = await this.#openAccount(this.#serverless);
    const parts = [service.resources ?? []].flat();
    const declared = { Resources: Object.assign({}, ...parts.map(({ Resources }) => Resources)) };
    const keepsData = String(service.custom?.stage?.keepData) !== 'false';
    const deps = { account, say: this.#say, sleep };
    await prepareRemoval(deps, { stackName: this.#stackName(), declared, keepsData }).catch((error: Error) => {
      throw new classes.Error(error.message);
    });
  }

  #stackName(): string {
    return this.#serverless.getProvider('aws').naming.getStackName();
  }
}

/** The clients of AWS are loaded when a stack is deployed or removed, and not when it is packaged. */
async function openAwsAccount(serverless: Serverless): Promise<Account> {
  const { openAccount } = await import('./aws/open-account.ts');
  const provider = serverless.getProvider('aws');
  const [accountId, config] = await Promise.all([provider.getAccountId(), provider.getAwsSdkV3Config()]);
  return openAccount({ accountId, region: provider.getRegion(), config });
}

function writeTakeBack(dir: string, { template, resources }: TakeBack): void {
  mkdirSync(dir, { recursive: true });
  writeFileSync(join(dir, 'template.json'), JSON.stringify(template, undefined, 2));
  writeFileSync(join(dir, 'resources.json'), JSON.stringify(resources, undefined, 2));
}
