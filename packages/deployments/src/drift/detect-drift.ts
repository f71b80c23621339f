import type { ComparedResource, DriftReader } from '../aws/drift-reader.ts';
import { SERVICES } from '../changes/services-to-deploy.ts';

export interface StackDrift {
  readonly stack: string;
  /** Undefined if there is no such stack. */
  readonly compared?: number;
  readonly drifted: readonly ComparedResource[];
  /** Types that CloudFormation cannot compare. */
  readonly unseen: readonly string[];
  readonly failure?: string;
}

export interface DriftDeps {
  readonly reader: DriftReader;
  readonly wait: (ms: number) => Promise<unknown>;
}

const POLL_MS = 5000;
/** CloudFormation takes some minutes for a stack of 250 resources. */
const MAX_POLLS = 180;

/** Compares each stack of a stage with what is there. */
export async function detectDrift(deps: DriftDeps, stage: string): Promise<readonly StackDrift[]> {
  const found: StackDrift[] = [];
  for (const service of SERVICES) found.push(await detectStack(deps, `weir-${service}-${stage}`));
  return found;
}

/** Whether somebody must look: something differs, could not be compared, or is gone. */
export function isFaulty({ compared, drifted, failure }: StackDrift): boolean {
  return compared === undefined || drifted.length > 0 || failure !== undefined;
}

async function detectStack({ reader, wait }: DriftDeps, stack: string): Promise<StackDrift> {
  const id = await reader.start(stack);
  if (id === undefined) return { stack, drifted: [], unseen: [] };
  let state = await reader.state(id);
  for (let polls = 1; !state.isOver && polls < MAX_POLLS; polls++) {
    await wait(POLL_MS);
    state = await reader.state(id);
  }
  const compared = await reader.compared(stack);
  const seen = new Set(compared.map(({ logicalId }) => logicalId));
  const unseen = (await reader.listed(stack)).filter(({ logicalId }) => !seen.has(logicalId));
  const failure = state.isOver ? state.failure : 'CloudFormation takes too long';
  return {
    ...{ stack, compared: compared.length, drifted: compared.filter(({ status }) => status !== 'IN_SYNC') },
    unseen: [...new Set(unseen.map(({ type }) => type))].toSorted(),
    ...(failure !== undefined && { failure }),
  };
}
