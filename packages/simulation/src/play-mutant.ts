import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { seedsToPlay } from './seeds-to-play.ts';

/** One part of the code, removed on purpose. */
export interface Mutation {
  /** What the code then does. */
  readonly name: string;
  /** The changed source. */
  readonly file: string;
  /** The text to replace: it must be in the source exactly once. */
  readonly find: string;
  readonly replace: string;
  /**
   * A schedule that fails with it, of those that are played: it comes first, as the search for it takes long. When the
   * code has changed and it does not fail any more, the search goes through all.
   */
  readonly failsAt?: number;
}

export interface PlayMutantOptions {
  readonly mutations: readonly Mutation[];
  readonly urlOf: (file: string) => URL;
  /** Imports the code, after it was changed. */
  readonly load: () => Promise<(seed: number) => Promise<unknown>>;
}

/**
 * Plays schedules with one part of the code left out, and gives a seed that fails; null if none does. The
 * command line names the mutation, and how many schedules to play at most.
 */
export async function playMutant({ mutations, urlOf, load }: PlayMutantOptions) {
  const [name, schedules] = process.argv.slice(2);
  const mutation = mutations.find((candidate) => candidate.name === name);
  if (!mutation) throw new Error(`no mutation is called ${name}`);
  replaceSource(urlOf(mutation.file).href, mutation);
  const play = await load();
  for (const seed of seedsToPlay(Number(schedules), mutation.failsAt)) {
    try {
      await play(seed);
    } catch (error) {
      return { seed, error: String(error) };
    }
  }
  return null;
}

function replaceSource(target: string, { file, find, replace }: Mutation): void {
  const source = readFileSync(new URL(target), 'utf8');
  if (source.split(find).length !== 2) throw new Error(`${file} does not have the text once: ${find}`);
  registerHooks({
    load(url, context, nextLoad) {
      const loaded = nextLoad(url, context);
      return url === target ? { ...loaded, source: String(loaded.source).replace(find, () => replace) } : loaded;
    },
  });
}
