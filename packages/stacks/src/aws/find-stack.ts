import {
  type CloudFormationClient,
  CloudFormationServiceException,
  GetTemplateCommand,
  paginateListStackResources,
} from '@aws-sdk/client-cloudformation';
import type { DeployedStack } from '../account/account.ts';
import type { Template } from '../account/template.ts';

/** A stack as CloudFormation has it; undefined if there is none. */
export async function findStack(client: CloudFormationClient, StackName: string): Promise<DeployedStack | undefined> {
  try {
    const { TemplateBody = '{}' } = await client.send(new GetTemplateCommand({ StackName, TemplateStage: 'Original' }));
    return { template: readTemplate(TemplateBody), physicalIds: await physicalIdsOf(client, StackName) };
  } catch (error) {
    // CloudFormation has no name of its own for this error.
    const isMissing = error instanceof CloudFormationServiceException && / does not exist/.test(error.message);
    if (isMissing) return undefined;
    throw error;
  }
}

/** The framework deploys JSON. */
function readTemplate(body: string): Template {
  const { Resources = {}, ...rest } = JSON.parse(body) as Partial<Template>;
  return { ...rest, Resources };
}

async function physicalIdsOf(client: CloudFormationClient, StackName: string): Promise<Map<string, string>> {
  const ids = new Map<string, string>();
  for await (const { StackResourceSummaries = [] } of paginateListStackResources({ client }, { StackName })) {
    for (const { LogicalResourceId, PhysicalResourceId, ResourceStatus } of StackResourceSummaries) {
      const isThere = ResourceStatus !== 'DELETE_COMPLETE' && PhysicalResourceId !== undefined;
      if (isThere && LogicalResourceId !== undefined) ids.set(LogicalResourceId, PhysicalResourceId);
    }
  }
  return ids;
}
