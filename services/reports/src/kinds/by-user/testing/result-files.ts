import type { JobFiles } from '../../../jobs/job-kind.ts';

/** Files whose JSON is the result itself. */
export async function resultFiles({ result }: { readonly result: unknown }): Promise<JobFiles> {
  return { json: textOf(JSON.stringify(result)), csv: textOf(''), html: textOf('') };
}

async function* textOf(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}
