import type { Account, DeployedStack, FoundResource, S3Bucket } from '../account/account.ts';
import type { Template } from '../account/template.ts';

/** The content of an account that exists only in memory. */
export interface FakeAccountOptions {
  /** The only stack, as it was deployed. */
  readonly deployed?: Template | undefined;
  /** The resources that it has, by logical id; by default all of them, each under its own logical id. */
  readonly physicalIds?: Readonly<Record<string, string>>;
  /** Resources that already have a name. */
  readonly taken?: Readonly<Record<string, FoundResource>>;
  /** Objects in each bucket. */
  readonly objects?: Readonly<Record<string, number>>;
  readonly executions?: number;
}

/** An account in memory. `calls` holds the calls that change something, in order. */
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
    protectTable: async (name, isProtected) => {
      calls.push(`${isProtected ? 'protect' : 'release'} ${name}`);
      return true;
    },
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

function fakeBucket(name: string, objects: number, calls: string[]): S3Bucket {
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
