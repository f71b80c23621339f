import type { GitHubOptions } from './github.ts';

/** The repository of a run of GitHub Actions. */
export interface GitHubEnvironment extends GitHubOptions {
  /** Stays when the repository is renamed. */
  readonly repositoryId: string;
}

/** Reads what GitHub Actions sets. Throws an Error with the names of what is missing. */
export function readGitHubEnvironment(variables: Readonly<Record<string, string | undefined>>): GitHubEnvironment {
  const missing: string[] = [];
  const read = (name: string) => {
    const value = variables[name];
    if (!value) missing.push(name);
    return value ?? '';
  };
  const environment = {
    ...{ apiUrl: read('GITHUB_API_URL'), token: read('GITHUB_TOKEN') },
    ...{ repository: read('GITHUB_REPOSITORY'), repositoryId: read('GITHUB_REPOSITORY_ID') },
  };
  if (missing.length > 0) throw new Error(`run it in GitHub Actions, or set ${missing.join(', ')}`);
  return environment;
}
