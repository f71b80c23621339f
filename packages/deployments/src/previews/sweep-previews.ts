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
    if (await isWanted(deps, number)) continue;
    deps.tell(`Nobody needs ${stage}: it is removed`);
    await deps.removeStage(stage).catch((error: Error) => faults.push(`${stage} cannot be removed: ${error.message}`));
    // A deployment waits for no sweep: of what it made meanwhile, nobody knows what is left.
    if (await isWanted(deps, number)) {
      faults.push(`${stage} was removed while its pull request was opened again: run preview.yml for it again`);
    }
  }
  const listAll = async () => [...(await deps.listStacks()), ...(await deps.listOthers())];
  const left = await orphansAmong(deps, listAll, repositoryId);
  return [
    ...faults,
    ...left.flatMap(({ stage, named }) => named.map(({ kind, name }) => `Left of ${stage}: the ${kind} ${name}`)),
  ];
}

async function isWanted({ github }: SweepDeps, number: number): Promise<boolean> {
  const pull = await github.findPull(number);
  return pull !== undefined && hasPreview(pull);
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
