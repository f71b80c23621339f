import type { OutOfReach } from './out-of-reach.ts';
import type { PageCommand } from './read-commands.ts';
import type { Shell } from './shell.ts';

export interface RehearsePageOptions {
  readonly commands: readonly PageCommand[];
  /** What stands for each word in angle brackets. */
  readonly placeholders: Readonly<Record<string, string>>;
  readonly outOfReach: readonly OutOfReach[];
  readonly shell: Pick<Shell, 'run'>;
  /** Says what goes on. */
  readonly tell: (sentence: string) => void;
}

/** How much of a failed command's output is told. */
const MOST_LINES = 30;
const PLACEHOLDER = /<[^<>]+>/g;
const EXPORT = /^export (\w+)=/;

/**
 * Runs the commands of a page in one shell, in order, and compares what fails with what is known to be out of reach.
 * Answers with one sentence for each fault.
 */
export async function rehearsePage(options: RehearsePageOptions): Promise<readonly string[]> {
  const { commands, outOfReach, tell } = options;
  const faults: string[] = [];
  for (const { text } of commands) {
    const known = outOfReach.find(({ begins }) => text.startsWith(begins));
    tell(known === undefined ? text : `${text} (out of reach: ${known.why})`);
    if (known?.isLeftOut) continue;
    const problem = await run(text, options);
    if (known === undefined && problem !== undefined) faults.push(`${text}: ${problem}`);
    if (known !== undefined && problem === undefined) faults.push(`${text}: works, take it out of out-of-reach.ts`);
    // What comes after it needs it.
    if (faults.length > 0) break;
  }
  return faults;
}

/** What went wrong; undefined if nothing did. */
async function run(text: string, { placeholders, shell }: RehearsePageOptions): Promise<string | undefined> {
  const missing = text.match(PLACEHOLDER)?.find((word) => placeholders[word] === undefined);
  if (missing !== undefined) return `nothing stands for ${missing}`;
  const { code, output } = await shell.run(text.replace(PLACEHOLDER, (word) => placeholders[word] ?? word));
  if (code !== 0) return `ended with ${code}\n${output.split('\n').slice(-MOST_LINES).join('\n')}`;
  const [, name] = EXPORT.exec(text) ?? [];
  if (name === undefined) return undefined;
  // A command that fails inside an export does not fail it. The AWS CLI prints None where there is nothing.
  const value = (await shell.run(`printf %s "$${name}"`)).output.trim();
  return value === '' || value === 'None' ? `${name} has no value` : undefined;
}
