import { CloudFormationClient, paginateListStackResources } from '@aws-sdk/client-cloudformation';
import { GetFunctionConfigurationCommand, LambdaClient } from '@aws-sdk/client-lambda';

/** A resource of a stack, as CloudFormation lists it. */
export interface ListedResource {
  readonly logicalId: string;
  readonly type: string;
}

/** What a rehearsal asks an account. */
export interface AccountReader {
  listStack(name: string): Promise<readonly ListedResource[]>;
  /** The SHA-256 of the zip that a function runs, in base64. */
  codeHash(functionName: string): Promise<string | undefined>;
}

/** Reads an account; `config` holds the settings of every client. */
export function createAccountReader(config: object): AccountReader {
  const cloudFormation = new CloudFormationClient(config);
  const lambda = new LambdaClient(config);
  return {
    listStack: async (StackName) => {
      const listed: ListedResource[] = [];
      for await (const page of paginateListStackResources({ client: cloudFormation }, { StackName })) {
        for (const { LogicalResourceId, ResourceType = '' } of page.StackResourceSummaries ?? []) {
          // moto lists what it did not make, without its name.
          if (LogicalResourceId) listed.push({ logicalId: LogicalResourceId, type: ResourceType });
        }
      }
      return listed;
    },
    codeHash: async (FunctionName) =>
      (await lambda.send(new GetFunctionConfigurationCommand({ FunctionName }))).CodeSha256,
  };
}
