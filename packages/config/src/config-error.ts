/**
 * The environment lacks values that a function needs, or has unusable ones; `problems` has every reason, not only the
 * first.
 */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(`the environment is not usable: ${problems.join('; ')}`);
    this.problems = problems;
  }
}
