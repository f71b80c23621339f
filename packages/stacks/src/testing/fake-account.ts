import type { Account, Bucket, DeployedStack, FoundResource } from '../account/account.ts';
import type { Template } from '../account/template.ts';

/** What an account holds that is no account. */
export interface FakeAccountOptions {
  /** The only stack there is, as it was deployed. */
  readonly deployed?: Template | undefined;
  /** What of it is there, by logical id; all of it under its own id where nothing is said. */
  readonly physicalIds?: Readonly<Record<string, string>>;
  /** What has a name already. */
  readonly taken?: Readonly<Record<string, FoundResource>>;
  /** Objects in each bucket. */
  readonly objects?: Readonly<Record<string, number>>;
  readonly executions?: number;
}

/** An account in memory. `calls` holds what was asked for that changes something, in order. */
export interface FakeAccount extends Account {
  readonly calls: string[];
}

/** Makes one. */
export function createFakeAccount(options: FakeAccountOptions): FakeAccount {
  const calls: string[] = [];
  return {
    calls,
    accountId: '123456789012',
    region: 'us-east-1',
    findStack: async () => deployedStack(options),
    find: async ({ name }) => options.taken?.[name],
    openBucket: (name) => fakeBucket(name, options.objects?.[name] ?? 0, calls),
    endExecutions: async (machineArn) => {
      calls.push(`end executions of ${machineArn}`);
      return options.executions ?? 0;
    },
  };
}

function deployedStack({ deployed, physicalIds }: FakeAccountOptions): DeployedStack | undefined {
  if (deployed === undefined) return undefined;
  const ids = physicalIds ?? Object.fromEntries(Object.keys(deployed.Resources).map((id) => [id, id]));
  return { template: deployed, physicalIds: new Map(Object.entries(ids)) };
}

function fakeBucket(name: string, objects: number, calls: string[]): Bucket {
  let left = objects;
  return {
    denyWrites: async () => {
      calls.push(`deny writes to ${name}`);
    },
    endUploads: async () => 0,
    removeVersions: async () => {
      calls.push(`empty ${name}`);
      const removed = left;
      left = 0;
      return removed;
    },
  };
}
