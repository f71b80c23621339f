/** A pull request, as far as its preview depends on it. */
export interface Pull {
  readonly number: number;
  readonly isOpen: boolean;
  readonly labels: readonly string[];
  /** The commit at the end of its branch. */
  readonly commit: string;
  /** The id of the repository with its branch: another one for a fork, undefined if the fork is gone. */
  readonly repositoryId: string | undefined;
}

/** What a run of a workflow has uploaded. */
export interface UploadedArtifact {
  readonly id: number;
  readonly name: string;
  readonly run: number;
  /** The commit of the run. */
  readonly commit: string;
  readonly repositoryId: string;
}

/** What is asked of a repository at GitHub. */
export interface GitHub {
  /** Undefined if there is no such pull request. */
  findPull(number: number): Promise<Pull | undefined>;
  listOpenPulls(): Promise<readonly Pull[]>;
  /** The newest with that name that can still be had. */
  listArtifacts(name: string): Promise<readonly UploadedArtifact[]>;
  /** Those of one run. */
  listArtifactsOf(run: number): Promise<readonly UploadedArtifact[]>;
}

export interface GitHubOptions {
  /** Such as `https://api.github.com`. */
  readonly apiUrl: string;
  readonly token: string;
  /** With its owner. */
  readonly repository: string;
}

const PAGE = 100;

/** Asks GitHub's REST API. Throws an Error with its answer if that is neither what was asked for nor a 404. */
export function createGitHub(options: GitHubOptions): GitHub {
  const get = createGet(options);
  const artifacts = async (path: string) => {
    const found = (await get(path)) as { readonly artifacts: readonly RawArtifact[] } | undefined;
    return (found?.artifacts ?? []).filter(({ expired }) => !expired).flatMap(readArtifact);
  };
  return {
    findPull: async (number) => {
      const found = await get(`/pulls/${number}`);
      return found === undefined ? undefined : readPull(found as RawPull);
    },
    listOpenPulls: async () => {
      const pulls: Pull[] = [];
      for (let page = 1; ; page++) {
        const found = (await get(`/pulls?state=open&per_page=${PAGE}&page=${page}`)) as readonly RawPull[] | undefined;
        // A repository that may not be asked would look like one without pull requests.
        if (found === undefined) throw new Error('GitHub knows no such repository, or the token may not read it');
        pulls.push(...found.map(readPull));
        if (found.length < PAGE) return pulls;
      }
    },
    listArtifacts: (name) => artifacts(`/actions/artifacts?name=${encodeURIComponent(name)}&per_page=${PAGE}`),
    listArtifactsOf: (run) => artifacts(`/actions/runs/${run}/artifacts?per_page=${PAGE}`),
  };
}

/** Answers with undefined for a 404. */
function createGet({ apiUrl, token, repository }: GitHubOptions): (path: string) => Promise<unknown> {
  const headers = {
    ...{ accept: 'application/vnd.github+json', authorization: `Bearer ${token}` },
    'x-github-api-version': '2022-11-28',
  };
  return async (path) => {
    const answer = await fetch(`${apiUrl}/repos/${repository}${path}`, { headers });
    if (answer.status === 404) return undefined;
    if (!answer.ok) throw new Error(`GitHub answers ${path} with ${answer.status}: ${await answer.text()}`);
    return answer.json();
  };
}

interface RawPull {
  readonly number: number;
  readonly state: string;
  readonly labels: readonly { readonly name: string }[];
  readonly head: { readonly sha: string; readonly repo: { readonly id: number } | null };
}

function readPull({ number, state, labels, head }: RawPull): Pull {
  return {
    ...{ number, isOpen: state === 'open', labels: labels.map(({ name }) => name), commit: head.sha },
    repositoryId: head.repo === null ? undefined : String(head.repo.id),
  };
}

interface RawArtifact {
  readonly id: number;
  readonly name: string;
  readonly expired: boolean;
  readonly workflow_run: { readonly id: number; readonly head_sha: string; readonly head_repository_id: number } | null;
}

function readArtifact({ id, name, workflow_run: run }: RawArtifact): UploadedArtifact[] {
  if (run === null) return [];
  return [{ id, name, run: run.id, commit: run.head_sha, repositoryId: String(run.head_repository_id) }];
}
