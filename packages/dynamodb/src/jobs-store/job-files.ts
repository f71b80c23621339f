import type { Job } from './jobs-store.ts';

/** The files of a job's result. */
export const JOB_FILES = { json: 'report.json', csv: 'report.csv', html: 'report.html' } as const;

export type JobFile = keyof typeof JOB_FILES;

/**
 * The key of a file of a job's result in the bucket of reports: `reports/jobs/<id>/<cut>/report.json`. With the cut in
 * it, a worker that was given up before the job got a new cut cannot write into the new result.
 */
export function jobFileKey({ id, cut }: Pick<Job, 'id' | 'cut'>, file: JobFile): string {
  if (cut === undefined) throw new RangeError(`${id} has no cut`);
  return `${jobFilesFolder(id)}${cut}/${JOB_FILES[file]}`;
}

/** The folder of a job's results. */
export function jobFilesFolder(id: string): string {
  return `reports/jobs/${id}/`;
}

/** The folder of what a job's parts read and write while it runs: `jobs/<id>/<cut>/`. */
export function cutFolder(id: string, cut: string): string {
  return `${jobFolder(id)}${cut}/`;
}

/** The folder of all cuts of a job: those too that another coordinator was faster than. */
export function jobFolder(id: string): string {
  return `jobs/${id}/`;
}
