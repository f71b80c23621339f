import { join, relative } from 'node:path';

/** An error of esbuild. */
export interface BuildError {
  readonly text: string;
  /** `file` begins at the folder of the service, `line` counts from 1 and `column` from 0. */
  readonly location: { readonly file: string; readonly line: number; readonly column: number } | null;
}

/** One sentence about the errors of a build. Each function that contains a file reports its errors. */
export function brokenBuildSentence(errors: readonly BuildError[], dir: { service: string; root: string }): string {
  const places = [...new Set(errors.map((error) => describe(error, dir)))];
  const more = places.length - 1;
  const others = more === 0 ? '' : `, and ${more === 1 ? '1 more error' : `${more} more errors`}`;
  return `The build is broken: ${places[0]}${others}`;
}

function describe({ text, location }: BuildError, dir: { service: string; root: string }): string {
  if (location === null) return text;
  const { file, line, column } = location;
  return `${relative(dir.root, join(dir.service, file))}:${line}:${column + 1}: ${text}`;
}

/** The errors of what esbuild rejects with; everything else that fails is one error without a place. */
export function buildErrorsOf(reason: unknown): readonly BuildError[] {
  const { errors } = reason as { readonly errors?: readonly BuildError[] };
  if (errors !== undefined && errors.length > 0) return errors;
  return [{ text: reason instanceof Error ? reason.message : String(reason), location: null }];
}
