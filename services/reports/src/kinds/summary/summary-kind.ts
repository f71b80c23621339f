import type { ObjectStore } from '@weir/archive';
import { readAhead } from '@weir/archive/read-ahead';
import type { CountsReader } from '../../counts/counts-reader.ts';
import type { JobFiles, JobKind, RunningJob } from '../../jobs/job-kind.ts';
import type { SummaryResult } from '../results.ts';
import { countDay } from './count-day.ts';
import { MergedDays } from './merge-days.ts';
import { type AskedDays, createReadPlan, type PlanDeps, planKey, planSummary, type ReadPlan } from './plan-summary.ts';
import { openSummaryFiles } from './summary-files.ts';

/** Days that are read ahead while others are merged or written. */
const DAYS_AHEAD = 8;

export interface SummaryDeps extends PlanDeps {
  readonly reader: CountsReader;
  /** The bucket of reports. */
  readonly files: Pick<ObjectStore, 'create' | 'find' | 'put'>;
}

/** Makes the files of a summary. */
export type RenderSummary = (answer: {
  readonly question: AskedDays;
  readonly result: SummaryResult;
}) => Promise<JobFiles>;

/** Figures of actions by day and over the whole range. A part is a local day, read from the rows of metrics. */
export function createSummaryKind(deps: SummaryDeps, render: RenderSummary): JobKind {
  const { files, reader } = deps;
  const readPlan = createReadPlan(files);
  return {
    async plan(question, folder) {
      const plan = await planSummary(deps, question);
      await files.put(planKey(folder), Buffer.from(JSON.stringify(plan)));
      return { phases: [plan.days.length] };
    },

    async run({ folder, question }, part) {
      const { days, actions } = await readPlan(folder);
      const day = days[part];
      if (!day) throw new RangeError(`a summary of ${days.length} days has no part ${part}`);
      await openSummaryFiles(files, folder).store(part, day.date, () =>
        countDay(reader, { day, actions, timeZone: question.timeZone }),
      );
    },

    assemble: async (job) => render({ question: job.question, result: await mergeParts({ files, readPlan }, job) }),
  };
}

/** Merges all days, one after the other. Their rows stay in the folder: each file of the result reads them again. */
async function mergeParts(
  { files, readPlan }: Pick<SummaryDeps, 'files'> & { readonly readPlan: ReadPlan },
  { folder }: RunningJob,
): Promise<SummaryResult> {
  const { days } = await readPlan(folder);
  const stored = openSummaryFiles(files, folder);
  const merged = new MergedDays();
  for await (const { date, day } of readAhead(days.entries(), DAYS_AHEAD, readDay)) merged.add(date, day);
  return {
    kind: 'summary',
    ...merged.result(),
    days: () => readAhead(days.keys(), DAYS_AHEAD, (part) => stored.rows(part)),
  };

  async function readDay([part, { date }]: readonly [number, { readonly date: string }]) {
    return { date, day: await stored.day(part) };
  }
}
