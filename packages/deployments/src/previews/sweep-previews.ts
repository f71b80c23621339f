import type { GitHub } from '../github/github.ts';
import { findOrphans, type Named, type Orphan } from './find-orphans.ts';
import { hasPreview } from './plan-preview.ts';

export interface SweepDeps {
  readonly github: Pick<GitHub, 'findPull' | 'listOpenPulls'>;
  readonly listStacks: () => Promise<readonly Named[]>;
  /** What else may carry a stage's name. */
  readonly listOthers: () => Promise<readonly Named[]>;
  /** Removes all stacks of a stage, consumers first. */
  readonly removeStage: (stage: string) => Promise<void>;
  readonly tell: (sentence: string) => void;
}

/**
 * Removes the previews of a repository that no pull request is to have: their run was dropped, or failed. Answers with one
 * sentence for each that could not be removed, and for each thing that is left of a preview.
 */
export async function sweepPreviews(deps: SweepDeps, repositoryId: string): Promise<readonly string[]> {
  const faults: string[] = [];
  for (const { stage, number } of await orphansAmong(deps, deps.listStacks, repositoryId)) {
    // Removals take minutes: somebody may have opened it again.
    const pull = await deps.github.findPull(number);
    if (pull && hasPreview(pull)) continue;
    deps.tell(`Nobody needs ${stage}: it is removed`);
    await deps.removeStage(stage).catch((error: Error) => faults.push(`${stage} cannot be removed: ${error.message}`));
  }
  const listAll = async () => [...(await deps.listStacks()), ...(await deps.listOthers())];
  const left = await orphansAmong(deps, listAll, repositoryId);
  return [
    ...faults,
    ...left.flatMap(({ stage, named }) => named.map(({ kind, name }) => `Left of ${stage}: the ${kind} ${name}`)),
  ];
}

/** Asks the account first: what appears for a pull request that is opened now is not an orphan. */
async function orphansAmong(
  { github }: SweepDeps,
  list: () => Promise<readonly Named[]>,
  repositoryId: string,
): Promise<readonly Orphan[]> {
  const named = await list();
  const pulls = await github.listOpenPulls();
  const wanted = new Set(pulls.filter(hasPreview).map(({ number }) => number));
  return findOrphans(named, { wanted, repositoryId });
}
