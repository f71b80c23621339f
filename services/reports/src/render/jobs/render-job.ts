import type { JobFiles } from '../../jobs/job-kind.ts';
import type { JobAnswer } from '../../kinds/job-answer.ts';
import { jobHtml } from './html/job-html.ts';
import { jobCsv } from './job-csv.ts';
import { jobJson } from './job-json.ts';

/** Makes the files of a result, the same bytes each time. Nothing is read before a file is. */
export async function renderJob(answer: JobAnswer): Promise<JobFiles> {
  return { json: bytesOf(jobJson(answer)), csv: bytesOf(jobCsv(answer)), html: bytesOf(jobHtml(answer)) };
}

async function* bytesOf(texts: AsyncIterable<string> | Iterable<string>): AsyncGenerator<Uint8Array> {
  for await (const text of texts) yield Buffer.from(text);
}
