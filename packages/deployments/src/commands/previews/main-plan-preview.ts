// A workflow runs this where nothing is installed: it imports nothing that npm brings.
// biome-ignore lint/plugin: its name leads to where npm links it
import { runCommand } from '../../../../command-line/src/index.ts';
import { createGitHub } from '../../github/github.ts';
import { readGitHubEnvironment } from '../../github/read-github-environment.ts';
import { planPreview } from '../../previews/plan-preview.ts';

const HELP = `Usage: npm run plan-preview -- [--number NUMBER] [--run RUN]

Prints what is to be done for a pull request, as lines for $GITHUB_OUTPUT: its action (deploy, remove or nothing), stage,
run and commit. It needs what GitHub Actions sets, and a GITHUB_TOKEN that may read pull requests and artifacts.

  --number NUMBER  the number of the pull request
  --run RUN        without a number: the run that packaged it`;

/** A workflow gives an empty text for what its event does not have. */
function numberOf(text: string): number | undefined {
  return text === '' ? undefined : Number(text);
}

await runCommand(
  {
    help: HELP,
    options: { number: { type: 'string', default: '' }, run: { type: 'string', default: '' } },
    run: async ({ values: { number, run } }) => {
      const { repositoryId, ...options } = readGitHubEnvironment(process.env);
      const event = { number: numberOf(number), run: numberOf(run), repositoryId };
      const plan = await planPreview(createGitHub(options), event);
      if (plan.action === 'nothing') process.stderr.write(`${plan.reason}\n`);
      for (const [name, value] of Object.entries(plan)) process.stdout.write(`${name}=${value}\n`);
      return 0;
    },
  },
  process.argv.slice(2),
);
