import {
  CloudFormationClient,
  DescribeStackDriftDetectionStatusCommand,
  DescribeStackResourceDriftsCommand,
  DetectStackDriftCommand,
} from '@aws-sdk/client-cloudformation';
import { createAccountReader, type ListedResource } from './account-reader.ts';

/** A resource that CloudFormation compared with its template. */
export interface ComparedResource extends ListedResource {
  /** IN_SYNC, MODIFIED, DELETED, or what CloudFormation may add. */
  readonly status: string;
  /** The paths of the properties that differ. Their values stay in the account: a summary may be public. */
  readonly differences: readonly string[];
}

export interface DriftReader {
  /** Begins to compare a stack, and answers with the comparison's id. Undefined if there is no such stack. */
  start(stack: string): Promise<string | undefined>;
  state(id: string): Promise<DetectionState>;
  /** What was compared. */
  compared(stack: string): Promise<readonly ComparedResource[]>;
  /** All resources of a stack. */
  listed(stack: string): Promise<readonly ListedResource[]>;
}

export interface DetectionState {
  readonly isOver: boolean;
  /** Why some resources could not be compared. */
  readonly failure?: string;
}

/** Lets CloudFormation compare stacks; `config` holds the settings of every client. */
export function createDriftReader(config: object): DriftReader {
  const client = new CloudFormationClient(config);
  return {
    start: async (StackName) => {
      try {
        return (await client.send(new DetectStackDriftCommand({ StackName }))).StackDriftDetectionId;
      } catch (error) {
        if (/does not exist/.test((error as Error).message)) return undefined;
        throw error;
      }
    },
    state: async (StackDriftDetectionId) => {
      const command = new DescribeStackDriftDetectionStatusCommand({ StackDriftDetectionId });
      const { DetectionStatus, DetectionStatusReason = 'no reason is given' } = await client.send(command);
      if (DetectionStatus === 'DETECTION_FAILED') return { isOver: true, failure: DetectionStatusReason };
      return { isOver: DetectionStatus === 'DETECTION_COMPLETE' };
    },
    compared: (stack) => readDrifts(client, stack),
    listed: createAccountReader(config).listStack,
  };
}

async function readDrifts(client: CloudFormationClient, StackName: string): Promise<readonly ComparedResource[]> {
  const compared: ComparedResource[] = [];
  let NextToken: string | undefined;
  do {
    const page = await client.send(new DescribeStackResourceDriftsCommand({ StackName, NextToken }));
    for (const drift of page.StackResourceDrifts ?? []) {
      const {
        LogicalResourceId = '',
        ResourceType = '',
        StackResourceDriftStatus = '',
        PropertyDifferences = [],
      } = drift;
      compared.push({
        ...{ logicalId: LogicalResourceId, type: ResourceType, status: StackResourceDriftStatus },
        differences: PropertyDifferences.map(({ PropertyPath = '' }) => PropertyPath),
      });
    }
    NextToken = page.NextToken;
  } while (NextToken);
  return compared;
}
