import { stateProblem } from '../data-dir/state-problem.ts';

/** The packages that run in this process, by the part that they are. */
const PACKAGES: readonly (readonly [RegExp, string])[] = [
  [/\/node_modules\/(kinesalite|levelup|leveldown|subleveldown|abstract-leveldown|encoding-down)\//, 'Kinesis'],
  [/\/node_modules\/fauxqs\//, 'the storage (S3, SQS and SNS)'],
  [/\/node_modules\/aws-ses-v2-local\//, 'the mail service'],
];

/** One sentence about an error that no caller caught: the part that failed, and where. */
export function failedPartProblem(error: Error): string {
  const stack = error.stack ?? '';
  const [, part = 'a part of the local AWS'] = PACKAGES.find(([pattern]) => pattern.test(stack)) ?? [];
  const problem = stateProblem(`The state of ${part}`, error.message);
  if (problem !== undefined) return problem;
  const [, place] = /^\s+at .*?((?:file:|\/)[^\s()]+:\d+):\d+\)?$/m.exec(stack) ?? [];
  return `${part.charAt(0).toUpperCase()}${part.slice(1)} failed: ${error.message}${place === undefined ? '' : ` (${place})`}`;
}
