import { createHash } from 'node:crypto';

/** The stage of a pull request. */
export interface Preview {
  readonly stage: string;
  /** Of the pull request. */
  readonly number: number;
}

const HASH_LENGTH = 6;
const IN_NAME = /(?<![a-z0-9])pr-([1-9][0-9]{0,15})-[0-9a-f]{6}(?![a-z0-9])/;

/**
 * The name of a pull request's stage, such as `pr-17-3fa9c2`. It has at most 26 characters, and a stage's name may have 30.
 * The hash is of the repository's id, which stays when the repository gets another name: several repositories can have
 * previews in one account, and each removes only its own. Throws an Error if `number` is no number of a pull request.
 */
export function previewStage(number: number, repositoryId: string): string {
  if (!Number.isSafeInteger(number) || number < 1) throw new Error(`no pull request has the number ${number}`);
  if (repositoryId === '') throw new Error('the id of the repository is missing');
  return `pr-${number}-${createHash('sha256').update(repositoryId).digest('hex').slice(0, HASH_LENGTH)}`;
}

/** The preview of a repository that a resource's name carries; undefined if it carries none. */
export function previewIn(name: string, repositoryId: string): Preview | undefined {
  const [stage, digits] = IN_NAME.exec(name) ?? [];
  const number = Number(digits);
  if (!Number.isSafeInteger(number) || stage !== previewStage(number, repositoryId)) return undefined;
  return { stage, number };
}
