import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { load } from 'js-yaml';
import { checkWorkflow } from '../workflows/check-workflow.ts';
import type { Finding } from './checked-templates.ts';

const ROOT = join(import.meta.dirname, '../..');
const FOLDER = join(ROOT, '.github/workflows');
/** What a commit must pass before it is deployed. */
const GATE = ['npm test', 'npm run audit-templates', 'npm run rehearse'];
/** Stages in the order in which they are deployed. */
const STAGES = ['staging', 'production'];

/** The texts of the workflows, by the names of their files. */
type Texts = Readonly<Record<string, string>>;

interface Workflow {
  readonly on: Readonly<Record<string, { readonly workflows?: readonly string[] } | null>>;
  readonly jobs: Readonly<Record<string, Job>>;
}

interface Job {
  readonly needs?: string;
  readonly uses?: string;
  readonly if?: string;
  readonly with?: Readonly<Record<string, string>>;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly steps?: readonly { readonly run?: string }[];
}

type Place = Omit<Finding, 'service'>;

/**
 * Every commit passes the whole gate, and only then is deployed: to staging, and from the same artifacts to production.
 * No job may do more than it needs.
 */
function checkDelivery(texts: Texts, scripts: readonly string[]): Finding[] {
  const problems: readonly (readonly [string, readonly Place[]])[] = [
    ...Object.entries(texts).map(
      ([file, text]) => [file, checkWorkflow(text, scripts).map((problem) => ({ place: 'jobs', problem }))] as const,
    ),
    ['ci.yml', gateProblems(load(texts['ci.yml'] ?? '') as Workflow)],
    ['deploy.yml', orderProblems(load(texts['deploy.yml'] ?? '') as Workflow)],
  ];
  return problems.flatMap(([service, found]) => found.map((finding) => ({ service, ...finding })));
}

function gateProblems({ jobs }: Workflow): Place[] {
  const runs = Object.values(jobs).flatMap(({ steps = [] }) => steps.map(({ run }) => run));
  const signing = Object.entries(jobs).filter(([, { permissions }]) => permissions?.['id-token'] !== undefined);
  return [
    ...GATE.filter((command) => !runs.includes(command)).map((place) => ({ place, problem: 'no commit must pass it' })),
    ...signing.map(([place]) => ({ place, problem: 'code of a pull request runs where credentials can be had' })),
  ];
}

function orderProblems({ on, jobs }: Workflow): Place[] {
  const isAfterCi = on.workflow_run?.workflows?.includes('ci') && !('push' in on);
  const deployed = STAGES.map((stage) => Object.entries(jobs).find(([, job]) => job.with?.stage === stage));
  const [[first] = [], [, last] = []] = deployed;
  const isSame = new Set(deployed.map((job) => [job?.[1].uses, job?.[1].with?.run].join())).size === 1;
  return [
    ...(isAfterCi ? [] : [{ place: 'on', problem: 'it does not wait for ci' }]),
    ...(first !== undefined && last?.needs === first ? [] : [{ place: 'jobs', problem: 'production is first' }]),
    ...(isSame ? [] : [{ place: 'jobs', problem: 'production gets other artifacts than staging' }]),
  ];
}

describe('the checklist: CI/CD', () => {
  const files = readdirSync(FOLDER).filter((file) => file.endsWith('.yml'));
  const texts: Texts = Object.fromEntries(files.map((file) => [file, readFileSync(join(FOLDER, file), 'utf8')]));
  const scripts = Object.keys(
    (JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { scripts: object }).scripts,
  );

  it('holds for every workflow', () => {
    expect(checkDelivery(texts, scripts)).to.deep.equal([]);
  });

  const breaks: readonly [file: string, from: string | RegExp, to: string, finding: RegExp][] = [
    ['ci.yml', /checkout@\S+/, 'checkout@v5', /not pinned by its hash/],
    ['ci.yml', 'run: npm test\n', 'run: npm run lint\n', /^ci.yml npm test: no commit must pass it/],
    [
      'ci.yml',
      'runs-on:',
      'permissions: { id-token: write }\n    runs-on:',
      /code of a pull request runs where credentials can be had/,
    ],
    ['deploy.yml', 'workflows: [ci]', 'workflows: [lint]', /it does not wait for ci/],
    ['deploy.yml', 'needs: staging', 'needs: []', /production is first/],
    ['deploy.yml', /(stage: production\n +run: ).*/, '$1 newest', /production gets other artifacts than staging/],
  ];
  for (const [file, from, to, finding] of breaks) {
    it(`finds a break in ${file}: ${finding.source}`, () => {
      const broken = { ...texts, [file]: texts[file]?.replace(from, to) ?? '' };
      expect(broken[file]).to.not.equal(texts[file]);
      const found = checkDelivery(broken, scripts).map(
        ({ service, place, problem }) => `${service} ${place}: ${problem}`,
      );
      expect(found.join('\n')).to.match(finding);
    });
  }
});
