const FULL = /ENOSPC|No space left|disk is full|SQLITE_FULL/i;
/** As LevelDB (which also misses a file of its own), SQLite and the engines of the tables put it. */
const DAMAGED =
  /Corruption|IO error: .*No such file|not a database|malformed|not a valid SQLite|SQLITE_CORRUPT|file is encrypted/i;

/** One sentence about a full disk or damaged state, with the way out; undefined if the error is neither. */
export function stateProblem(what: string, reason: string): string | undefined {
  if (FULL.test(reason)) {
    return `The disk is full (${what}: ${reason}): make room on it, then start again. The state that was written before is kept`;
  }
  return DAMAGED.test(reason) ? damageProblem(what, reason) : undefined;
}

/** One sentence about damaged state, and what its way out costs. */
export function damageProblem(what: string, reason: string): string {
  return `${what} is damaged (${reason}). To start anew, run \`npm run reset\`: it deletes all of the local state, with everything that was counted and stored in it, and the next npm start loads the sample again`;
}

/** The same error, or a sentence instead if the disk is full or the state is damaged. */
export function explainState(what: string, error: unknown): unknown {
  const problem = stateProblem(what, error instanceof Error ? error.message : String(error));
  return problem === undefined ? error : new Error(problem, { cause: error });
}
