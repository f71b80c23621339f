import { SECRET_READERS } from '../reasons.ts';

/** Imports of clients of Secrets Manager. */
const CLIENT = /from '@aws-sdk\/client-secrets-manager'|from '@aws-lambda-powertools\/parameters\/secrets'/;

/** The files, by their paths, that call Secrets Manager and are not known to cache what they read; and stale reasons. */
export function checkReaders(files: Readonly<Record<string, string>>): readonly string[] {
  const readers = Object.keys(files).filter((path) => CLIENT.test(files[path] ?? ''));
  return [
    ...readers.filter((path) => SECRET_READERS[path] === undefined).map((path) => `${path} reads secrets by itself`),
    ...Object.keys(SECRET_READERS)
      .filter((path) => !readers.includes(path))
      .map((path) => `${path} reads no secret any more`),
  ];
}
