import { expect } from 'chai';
import type { Pull, UploadedArtifact } from '../github/github.ts';
import { NO_PREVIEW, type PreviewEvent, planPreview } from './plan-preview.ts';
import { previewStage } from './preview-stage.ts';

const REPOSITORY = '7';
const STAGE = previewStage(17, REPOSITORY);
const PULL: Pull = { number: 17, isOpen: true, labels: [], commit: 'c2', repositoryId: REPOSITORY };

function artifact(run: number, commit: string, other: Partial<UploadedArtifact> = {}): UploadedArtifact {
  return { id: run, name: STAGE, run, commit, repositoryId: REPOSITORY, ...other };
}

describe('the plan of a preview', () => {
  const plan = (pull: Pull | undefined, artifacts: UploadedArtifact[], event: Omit<PreviewEvent, 'repositoryId'>) =>
    planPreview(
      {
        findPull: async (number) => (number === 17 ? pull : undefined),
        listArtifacts: async (name) => artifacts.filter((found) => found.name === name),
        listArtifactsOf: async (run) => artifacts.filter((found) => found.run === run),
      },
      { ...event, repositoryId: REPOSITORY },
    );
  const deployed = (run: number) => ({ action: 'deploy', stage: STAGE, run, commit: 'c2' });

  it('deploys what was packaged of the last commit, the newest', async () => {
    const artifacts = [artifact(1, 'c1'), artifact(3, 'c2'), artifact(2, 'c2')];
    expect(await plan(PULL, artifacts, { run: 3 })).to.deep.equal(deployed(3));
    expect(await plan(PULL, artifacts, { run: 1 }), 'a run that ended late').to.deep.equal(deployed(3));
    expect(await plan(PULL, artifacts, { number: 17 }), 'the label is gone').to.deep.equal(deployed(3));
  });

  it('removes the stage of one that is closed or has the label, whatever has happened', async () => {
    for (const pull of [
      { ...PULL, isOpen: false },
      { ...PULL, labels: [NO_PREVIEW] },
      { ...PULL, labels: ['No-Preview'] },
    ]) {
      for (const event of [{ run: 3 }, { number: 17 }]) {
        expect(await plan(pull, [artifact(3, 'c2')], event)).to.deep.equal({ action: 'remove', stage: STAGE });
      }
    }
  });

  const nothing: readonly [string, Pull | undefined, UploadedArtifact[], RegExp][] = [
    ['of which the last commit is not packaged', PULL, [artifact(3, 'c1')], /^c2 is not packaged/],
    ['that comes from a fork', { ...PULL, repositoryId: '8' }, [artifact(3, 'c2')], /not of this repository/],
    ['whose fork is gone', { ...PULL, repositoryId: undefined }, [artifact(3, 'c2')], /not of this repository/],
    ['that is none', undefined, [artifact(3, 'c2')], /not of this repository/],
    ['that a fork has packaged', PULL, [artifact(3, 'c2', { repositoryId: '8' })], /is not packaged/],
    [
      'of a run that has packaged something else',
      PULL,
      [artifact(3, 'c2', { name: 'coverage' })],
      /packaged no preview/,
    ],
  ];
  for (const [what, pull, artifacts, reason] of nothing) {
    it(`does nothing for a pull request ${what}`, async () => {
      const made = await plan(pull, artifacts, { run: 3 });
      expect(made.action === 'nothing' && made.reason).to.match(reason);
    });
  }
});
