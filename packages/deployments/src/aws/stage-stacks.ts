import {
  CloudFormationClient,
  CloudFormationServiceException,
  DescribeStacksCommand,
  paginateDescribeStacks,
} from '@aws-sdk/client-cloudformation';
import { findStack } from '@weir/stacks/find-stack';
import { dataResources, isKept } from '@weir/stacks/template';

/** What the removal of a stage asks CloudFormation. */
export interface StageStacks {
  /** Such as `UPDATE_COMPLETE`; undefined if there is no such stack. */
  status(name: string): Promise<string | undefined>;
  /** The logical ids of the resources that stay when the stack is removed. */
  keptBy(name: string): Promise<readonly string[]>;
  /** The names of all stacks. */
  list(): Promise<readonly string[]>;
}

/** Asks CloudFormation; `config` holds the settings of its client. */
export function createStageStacks(config: object): StageStacks {
  const client = new CloudFormationClient(config);
  return {
    status: async (StackName) => {
      try {
        const { Stacks } = await client.send(new DescribeStacksCommand({ StackName }));
        return Stacks?.[0]?.StackStatus;
      } catch (error) {
        // CloudFormation has no name of its own for this error.
        if (error instanceof CloudFormationServiceException && / does not exist/.test(error.message)) return undefined;
        throw error;
      }
    },
    keptBy: async (name) => {
      const stack = await findStack(client, name);
      const resources = stack === undefined ? [] : dataResources(stack.template);
      return resources.filter(([, resource]) => isKept(resource)).map(([id]) => id);
    },
    list: async () => {
      const names: string[] = [];
      for await (const { Stacks = [] } of paginateDescribeStacks({ client }, {})) {
        names.push(...Stacks.flatMap(({ StackName }) => StackName ?? []));
      }
      return names;
    },
  };
}
