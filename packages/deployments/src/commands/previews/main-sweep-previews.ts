import { runCommand } from '@weir/command-line';
import { listNames } from '../../aws/list-names.ts';
import { createGitHub } from '../../github/github.ts';
import { readGitHubEnvironment } from '../../github/read-github-environment.ts';
import { sweepPreviews } from '../../previews/sweep-previews.ts';
import { removeStage } from '../../stages/remove-stage.ts';
import { createStageDeps } from '../../stages/stage-deps.ts';

const HELP = `Usage: npm run sweep-previews

Removes the previews that no pull request is to have, and lists what is left of removed ones; then it ends with 1. It needs
AWS credentials, what GitHub Actions sets, and a GITHUB_TOKEN that may read pull requests.`;

async function sweep(): Promise<number> {
  const { repositoryId, ...options } = readGitHubEnvironment(process.env);
  const region = process.env.AWS_REGION ?? 'us-east-1';
  const { stacks, tell, ...deps } = createStageDeps(region);
  const faults = await sweepPreviews(
    {
      github: createGitHub(options),
      listStacks: async () => (await stacks.list()).map((name) => ({ kind: 'stack', name })),
      listOthers: () => listNames({ region }),
      removeStage: (stage) => removeStage({ ...deps, stacks, tell }, { stage, region }),
      tell,
    },
    repositoryId,
  );
  for (const fault of faults) tell(fault);
  if (faults.length === 0) tell('Nothing is left of previews that nobody needs');
  return faults.length === 0 ? 0 : 1;
}

await runCommand({ help: HELP, run: sweep }, process.argv.slice(2));
