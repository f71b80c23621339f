import { runCommand } from '@weir/command-line';
import { checkStageChange } from '../../template-change/check-stage-change.ts';
import { readStage } from '../../template-change/read-stage.ts';
import { ACCEPTED_LABEL, reportFindings } from '../../template-change/report-findings.ts';

const HELP = `Usage: npm run check-change -- --before DIR --after DIR [--labels LIST]

Prints each rule of CloudFormation that a deployment of one packaged stage over another would break. Fails if something
would be refused, or lost. It needs no AWS account.

  --before DIR    what package-stages made of the stage that runs: DIR/SERVICE
  --after DIR     what it made of the stage that is to be deployed
  --labels LIST   of a pull request, separated by commas: with ${ACCEPTED_LABEL} it does not fail`;

await runCommand(
  {
    ...{ help: HELP, required: ['before', 'after'] },
    options: { before: { type: 'string' }, after: { type: 'string' }, labels: { type: 'string', default: '' } },
    run: async ({ values: { before, after, labels } }) => {
      const findings = checkStageChange(await readStage(before), await readStage(after));
      const { text, code } = reportFindings(findings, labels.split(','));
      process.stdout.write(text);
      return code;
    },
  },
  process.argv.slice(2),
);
