import type { Account, DeployedStack } from '../account/account.ts';
import { dataResources, isKept, type Template } from '../account/template.ts';
import { removalProblem } from './check-removal.ts';
import { emptyBucket } from './empty-bucket.ts';

/** What is needed to prepare a removal. */
export interface RemovalDeps {
  readonly account: Account;
  readonly sleep: (ms: number) => Promise<unknown>;
  readonly say: (line: string) => void;
}

/** The stack to remove, and the stage's present setting. */
export interface StackRemoval {
  readonly stackName: string;
  readonly declared: Template;
  readonly keepsData: boolean;
}

/**
 * Does what CloudFormation does not do before it removes a stack: ends executions, which would hold the state machine's
 * name for up to a day, and empties the S3 buckets that are removed. Throws, and changes nothing, if the stack would
 * keep or delete other data than the stage says.
 */
export async function prepareRemoval(
  deps: RemovalDeps,
  { stackName, declared, keepsData }: StackRemoval,
): Promise<void> {
  const stack = await deps.account.findStack(stackName);
  if (stack === undefined) return;
  const problem = removalProblem(stackName, declared, stack.template);
  if (problem !== undefined) throw new Error(problem);
  await endExecutions(deps, stack);
  if (keepsData) sayWhatStays(deps, stack);
  else await emptyBuckets(deps, stack);
}

async function endExecutions({ account, say }: RemovalDeps, stack: DeployedStack): Promise<void> {
  for (const arn of physicalIdsOf(stack, 'AWS::StepFunctions::StateMachine')) {
    const ended = await account.endExecutions(arn);
    if (ended > 0) say(`Ended ${ended} executions of ${arn.split(':').at(-1)}`);
  }
}

function sayWhatStays({ say }: RemovalDeps, { template, physicalIds }: DeployedStack): void {
  const kept = dataResources(template).filter(([, resource]) => isKept(resource));
  const names = kept.flatMap(([id]) => physicalIds.get(id) ?? []);
  if (names.length > 0) say(`Resources that hold data stay: ${names.join(', ')}`);
}

/** The framework empties its own bucket, which does not define what happens to it. */
async function emptyBuckets({ account, sleep, say }: RemovalDeps, stack: DeployedStack): Promise<void> {
  const going = dataResources(stack.template).filter(([, resource]) => !isKept(resource));
  const names = going
    .filter(([, { Type }]) => Type === 'AWS::S3::Bucket')
    .flatMap(([id]) => stack.physicalIds.get(id) ?? []);
  for (const name of names) {
    say(`Emptying ${name}, into which nobody may write any more`);
    const removed = await emptyBucket(account.openBucket(name), sleep);
    say(`Removed ${removed} objects from ${name}`);
  }
}

function physicalIdsOf({ template, physicalIds }: DeployedStack, type: string): string[] {
  const ids = Object.entries(template.Resources).filter(([, { Type }]) => Type === type);
  return ids.flatMap(([id]) => physicalIds.get(id) ?? []);
}
