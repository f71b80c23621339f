import { load } from 'js-yaml';

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

interface Job {
  readonly 'timeout-minutes'?: number;
  readonly uses?: string;
  readonly environment?: string;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly steps?: readonly Step[];
}

interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, Job>>;
}

const PINNED = /^[\w-]+\/[\w./-]+@[0-9a-f]{40}$/;
/** Code that has been merged: the events below give a run rights, and tell of code that has not. */
// biome-ignore lint/suspicious/noTemplateCurlyInString: an expression of GitHub
const MERGED = '${{ github.event.repository.default_branch }}';
const TELLS_OF_OTHERS = ['pull_request_target', 'workflow_run'];
/** How long a role is had, if a step does not say it. */
const ROLE_SECONDS = 3600;
/** What runs the scripts of packages. */
const RUNS_PACKAGES = /\b(npx|npm (ci|i|install|exec|pack|publish)\b(?!.*--ignore-scripts))/;

/** One sentence for each rule that a workflow breaks. `scripts` are the names of the repository's npm scripts. */
export function checkWorkflow(text: string, scripts: readonly string[]): readonly string[] {
  const { on, permissions, jobs } = load(text) as Workflow;
  const isLeast = JSON.stringify(permissions) === JSON.stringify({ contents: 'read' });
  return [
    ...(isLeast ? [] : ['the workflow gives more than contents: read to all of its jobs']),
    ...Object.entries(jobs).flatMap(([name, job]) =>
      [...checkJob(job, scripts), ...checkOrigin(job, Object.keys(on)), ...checkLife(job)].map(
        (fault) => `${name}: ${fault}`,
      ),
    ),
  ];
}

/** A pull request may change its workflows and its code: they get no rights, and nothing that has rights runs them. */
function checkOrigin({ environment, permissions = {}, steps = [] }: Job, events: readonly string[]): string[] {
  const hasRights = environment !== undefined || Object.values(permissions).includes('write');
  const isGiven = events.includes('pull_request') && hasRights;
  const checkouts = steps.filter(({ uses }) => uses?.startsWith('actions/checkout@'));
  const isMixed =
    events.some((event) => TELLS_OF_OTHERS.includes(event)) && checkouts.some((step) => step.with?.ref !== MERGED);
  return [
    ...(isGiven ? ['a pull request can have its rights'] : []),
    ...(isMixed ? ['it may check out code of a pull request, where there are rights'] : []),
  ];
}

/** Credentials that end before their job leave what it does half done. */
function checkLife({ 'timeout-minutes': minutes = Number.POSITIVE_INFINITY, steps = [] }: Job): string[] {
  const taking = steps.filter(({ uses }) => uses?.startsWith('aws-actions/configure-aws-credentials@'));
  const isShort = taking.some((step) => Number(step.with?.['role-duration-seconds'] ?? ROLE_SECONDS) < minutes * 60);
  return isShort ? ['its credentials end before it must'] : [];
}

function checkJob({ permissions = {}, steps = [] }: Job, scripts: readonly string[]): string[] {
  const maySign = permissions['id-token'] === 'write';
  return steps.flatMap(({ uses, run = '', with: options = {} }) => {
    const faults: string[] = [];
    if (uses !== undefined && !PINNED.test(uses)) faults.push(`${uses} is not pinned by its hash`);
    if (uses?.startsWith('actions/checkout@') && options['persist-credentials'] !== false) {
      faults.push('a checkout keeps its credentials');
    }
    if (maySign && RUNS_PACKAGES.test(run)) faults.push(`${run} runs scripts of packages where credentials can be had`);
    for (const [, script = ''] of run.matchAll(/\bnpm run (?:--silent )?([\w:-]+)/g)) {
      if (!scripts.includes(script)) faults.push(`there is no npm run ${script}`);
    }
    if (/\becho\b.*\$\(/.test(run)) faults.push(`${run} hides that its command failed: give its output a name first`);
    if (run.includes('${{')) faults.push(`${run} is put together by an expression: hand values on by env`);
    return faults;
  });
}
