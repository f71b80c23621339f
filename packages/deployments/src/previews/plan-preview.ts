import type { GitHub, Pull } from '../github/github.ts';
import { hasLabel } from '../github/has-label.ts';
import { previewIn, previewStage } from './preview-stage.ts';

/** A pull request with this label has no preview. */
export const NO_PREVIEW = 'no-preview';

/** What is to be done for a pull request. */
export type PreviewPlan =
  | {
      readonly action: 'deploy';
      readonly stage: string;
      /** The run that packaged it. */
      readonly run: number;
      readonly commit: string;
    }
  | { readonly action: 'remove'; readonly stage: string }
  | { readonly action: 'nothing'; readonly reason: string };

/** What has happened: to a pull request, or that a run has packaged one. */
export interface PreviewEvent {
  readonly number?: number | undefined;
  readonly run?: number | undefined;
  readonly repositoryId: string;
}

/**
 * Decides by the pull request as it is now, and not by what has happened: runs of a workflow end in any order, and GitHub
 * drops those that wait. So the last run does what all of them would have done.
 */
export async function planPreview(
  github: Pick<GitHub, 'findPull' | 'listArtifacts' | 'listArtifactsOf'>,
  event: PreviewEvent,
): Promise<PreviewPlan> {
  const { repositoryId } = event;
  const number = event.number ?? (await numberOf(github, event));
  if (number === undefined) return { action: 'nothing', reason: 'The run has packaged no preview' };
  const pull = await github.findPull(number);
  if (pull?.repositoryId !== repositoryId) return { action: 'nothing', reason: `${number} is not of this repository` };
  const stage = previewStage(number, repositoryId);
  if (!hasPreview(pull)) return { action: 'remove', stage };
  const { commit } = pull;
  const artifacts = (await github.listArtifacts(stage)).filter(
    (artifact) => artifact.commit === commit && artifact.repositoryId === repositoryId,
  );
  const newest = artifacts.toSorted((a, b) => b.id - a.id)[0];
  if (newest === undefined) return { action: 'nothing', reason: `${commit} is not packaged for ${stage}` };
  return { action: 'deploy', stage, run: newest.run, commit };
}

/** Whether a pull request is to have a preview. */
export function hasPreview({ isOpen, labels }: Pull): boolean {
  return isOpen && !hasLabel(labels, NO_PREVIEW);
}

/** A run of a pull request's code names its artifact: only the number is taken from it, and everything else from GitHub. */
async function numberOf(
  github: Pick<GitHub, 'listArtifactsOf'>,
  { run, repositoryId }: PreviewEvent,
): Promise<number | undefined> {
  if (run === undefined) return undefined;
  const names = (await github.listArtifactsOf(run)).map(({ name }) => name);
  return names.map((name) => previewIn(name, repositoryId)?.number).find((number) => number !== undefined);
}
