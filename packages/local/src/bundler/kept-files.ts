import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { BuiltFile } from '../bundles/bundle-folders.ts';

/** A build on disk: what it was made from, and what it made. */
export interface KeptFiles {
  /** Tells the options and programs of the build. */
  readonly key: string;
  /** The stamp of each file that was read, by path. */
  readonly inputs: Readonly<Record<string, string>>;
  readonly outputs: readonly BuiltFile[];
}

interface Header {
  readonly key: string;
  readonly inputs: Readonly<Record<string, string>>;
  readonly outputs: readonly { readonly path: string; readonly hash: string; readonly bytes: number }[];
}

const LINE_END = 10;

/** Keeps a build in one file: a line of JSON, and the contents after it. Another process sees all of it or nothing. */
export function writeKeptFiles(file: string, { key, inputs, outputs }: KeptFiles): void {
  const sizes = outputs.map(({ path, hash, contents }) => ({ path, hash, bytes: contents.length }));
  const header: Header = { key, inputs, outputs: sizes };
  const own = `${file}.${process.pid}`;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(
    own,
    Buffer.concat([Buffer.from(`${JSON.stringify(header)}\n`), ...outputs.map((one) => one.contents)]),
  );
  renameSync(own, file);
}

/** The build that was kept; undefined if there is none, or it cannot be read. */
export async function readKeptFiles(file: string): Promise<KeptFiles | undefined> {
  try {
    const bytes = await readFile(file);
    const end = bytes.indexOf(LINE_END);
    const { key, inputs, outputs }: Header = JSON.parse(bytes.subarray(0, end).toString('utf8'));
    let at = end + 1;
    const files = outputs.map(({ path, hash, bytes: length }) => {
      const contents = bytes.subarray(at, at + length);
      at += length;
      return { path, hash, contents };
    });
    return at === bytes.length ? { key, inputs, outputs: files } : undefined;
  } catch {
    return undefined;
  }
}
