/** The environment does not say what a function needs to know; `problems` has every reason, not only the first. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(`the environment is not usable: ${problems.join('; ')}`);
    this.problems = problems;
  }
}
