import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect } from 'chai';
import { build } from 'esbuild';
import { load } from 'js-yaml';
import { NO_PREVIEW } from '../../packages/deployments/src/previews/plan-preview.ts';
import { BREAKING_LABEL } from '../contracts/report-breaks.ts';
import { checkWorkflow } from './check-workflow.ts';

const ROOT = join(import.meta.dirname, '../..');
const DIR = join(ROOT, '.github/workflows');
const FILES = readdirSync(DIR);
/** How an expression of GitHub begins. */
const EXPRESSION = '${{';

interface Release {
  readonly on: { readonly push: object };
  readonly jobs: Readonly<
    Record<
      string,
      {
        readonly if?: string;
        readonly needs?: string;
        readonly environment?: string;
        readonly steps: readonly { readonly run?: string }[];
      }
    >
  >;
}

interface Grouped {
  readonly concurrency?: { readonly group: string };
}

interface Drift {
  readonly jobs: { readonly drift: { readonly strategy: { readonly matrix: { readonly stage: readonly string[] } } } };
}

type Parser = typeof import('@actions/workflow-parser');

describe('the workflows', function () {
  this.timeout(60_000);
  const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { scripts: object };
  const textOf = (file: string) => readFileSync(join(DIR, file), 'utf8');
  let dir: string;
  let parser: Parser;

  before(async () => {
    dir = mkdtempSync(join(tmpdir(), 'weir-workflows-'));
    // Node cannot import its JSON files.
    const outfile = join(dir, 'parser.mjs');
    await build({
      ...{ entryPoints: [join(ROOT, 'node_modules/@actions/workflow-parser/dist/index.js')], outfile },
      ...{ bundle: true, format: 'esm', platform: 'node' },
      banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
    });
    parser = (await import(pathToFileURL(outfile).href)) as Parser;
  });
  after(() => rmSync(dir, { recursive: true }));

  function errorsOf(content: string): string[] {
    const { parseWorkflow, NoOperationTraceWriter } = parser;
    const { context } = parseWorkflow({ name: 'a.yml', content }, new NoOperationTraceWriter());
    return context.errors.getErrors().map(({ message }) => message);
  }

  for (const file of FILES) {
    it(`${file} is one, as GitHub reads it`, () => {
      expect(errorsOf(textOf(file))).to.deep.equal([]);
    });

    it(`${file} gives away no more than it must`, () => {
      expect(checkWorkflow(textOf(file), Object.keys(scripts))).to.deep.equal([]);
    });
  }

  const broken: readonly [string, string, string | RegExp, string, RegExp][] = [
    ['an action by its tag', 'ci.yml', /checkout@\S+/, 'checkout@v5', /not pinned by its hash/],
    [
      'a checkout that keeps its credentials',
      'ci.yml',
      'persist-credentials: false',
      'fetch-depth: 0',
      /keeps its credentials/,
    ],
    ['rights for all jobs', 'deploy.yml', 'contents: read', 'contents: write', /more than contents: read/],
    ['scripts of packages beside credentials', 'deploy-stage.yml', ' --ignore-scripts', '', /runs scripts of packages/],
    ['scripts of a package that is published', 'release.yml', ' --ignore-scripts', '', /runs scripts of packages/],
    ['a script that is gone', 'ci.yml', 'npm run rehearse', 'npm run rehearsal', /no npm run rehearsal/],
    [
      'a command that may fail in silence',
      'deploy-stage.yml',
      'echo "commits=$commits"',
      'echo "commits=$(x)"',
      /hides/,
    ],
    [
      'an environment for code of a pull request',
      'package-preview.yml',
      'runs-on:',
      'environment: preview\n    runs-on:',
      /a pull request can have its rights/,
    ],
    [
      'code of a pull request beside credentials',
      'preview.yml',
      'github.event.repository.default_branch',
      'github.event.pull_request.head.sha',
      /may check out code of a pull request/,
    ],
    ['a value in a command', 'deploy-stage.yml', '"$STAGE"', `\${{ inputs.stage }}`, /by an expression/],
  ];
  for (const [what, file, from, to, finding] of broken) {
    it(`are refused with ${what}`, () => {
      const text = textOf(file).replace(from, to);
      expect(text).not.to.equal(textOf(file));
      expect(checkWorkflow(text, Object.keys(scripts)).join('\n')).to.match(finding);
    });
  }

  it('are refused with a word that GitHub does not know', () => {
    expect(errorsOf(textOf('ci.yml').replace('runs-on', 'run-on'))).not.to.deep.equal([]);
  });

  it('publish only what passed ci, from a tag, without a token and without anything that npm brings', () => {
    const { on, jobs } = load(textOf('release.yml')) as Release;
    expect(Object.keys(on.push)).to.deep.equal(['tags']);
    expect(textOf('release.yml')).not.to.match(/secrets\.|NODE_AUTH_TOKEN/);
    const { pack, publish } = jobs;
    expect(pack?.if).to.equal("github.ref_type == 'tag'");
    expect(pack?.steps[0]?.run).to.include('head_sha=$GITHUB_SHA&event=push&branch=main&status=success');
    expect([publish?.needs, publish?.environment]).to.deep.equal(['pack', 'npm']);
    expect(publish?.steps.flatMap(({ run = [] }) => run)).to.deep.equal([
      'npm publish ./packed/*.tgz --provenance --access public --ignore-scripts',
    ]);
  });

  it('compare each stage that is deployed, with a role that no other workflow has', () => {
    const { jobs } = load(textOf('drift.yml')) as Drift;
    const deployed = [...textOf('deploy.yml').matchAll(/^ {6}stage: (\w+)$/gm)].map(([, stage]) => stage);
    expect(jobs.drift.strategy.matrix.stage).to.deep.equal(deployed);
    expect(FILES.filter((file) => textOf(file).includes('vars.DRIFT_ROLE_ARN'))).to.deep.equal(['drift.yml']);
  });

  it('deploy only what passed ci on main', () => {
    const deploy = textOf('deploy.yml');
    expect(deploy).to.match(/workflow_run:\n {4}workflows: \[ci\]\n {4}types: \[completed\]\n {4}branches: \[main\]/);
    expect(deploy).to.include("github.event.workflow_run.conclusion == 'success'");
    expect(deploy).not.to.match(/pull_request|^ {2}push/m);
  });

  for (const [what, { found = 'ci push main success c1', place = 'behind' }, isDeployed] of [
    ['the last commit of main', { place: 'identical' }, true],
    ['an earlier one', {}, true],
    ['what a tag called main brought', { place: 'ahead' }, false],
    ['what a tag called main brought, after main went on', { place: 'diverged' }, false],
    ['what a pull request from a branch called main brought', { found: 'ci pull_request main success c1' }, false],
    ['what failed', { found: 'ci push main failure c1' }, false],
    ['the artifacts of another commit', { found: 'ci push main success c2' }, false],
  ] as const satisfies readonly [string, { found?: string; place?: string }, boolean][]) {
    it(`${isDeployed ? 'deploy' : 'do not deploy'} ${what}`, () => {
      const { jobs } = load(textOf('deploy-stage.yml')) as Release;
      const answers = `*/actions/runs/7) echo '${found}';; */git/ref/heads/main) echo m1;; */compare/m1...c1) echo ${place};;`;
      const script = `gh() { case "$2" in ${answers} *) exit 1;; esac; }\n${jobs.deployed?.steps[0]?.run}`;
      const env = { GITHUB_REPOSITORY: 'shop/weir', RUN: '7', COMMIT: 'c1' };
      expect(spawnSync('bash', ['-e', '-c', script], { env }).status === 0).to.equal(isDeployed);
    });
  }

  it('deploy nothing to production that staging has passed without trying it', () => {
    const passed = /passed:\n {8}.*\n {8}value: \$\{\{ jobs\.changed\.outputs\.services == 'null' \}\}/;
    expect(textOf('deploy-stage.yml')).to.match(passed).and.include("&& needs.changed.outputs.services != 'null'");
    const { jobs } = load(textOf('deploy.yml')) as Release;
    expect(jobs.production?.if).to.include("&& needs.staging.outputs.passed != 'true'");
  });

  it('compare contracts with where a change goes to, and ask for the label', () => {
    const [, job = ''] = /\n {2}contracts:\n([\s\S]*?)\n {2}# /.exec(textOf('ci.yml')) ?? [];
    expect(job).to.include("github.event_name == 'pull_request' && 'HEAD^1' || github.event.before");
    expect(job).to.include(`github.event_name == 'push' && '${BREAKING_LABEL}' || steps.read.outputs.labels`);
    expect(job).to.include('fetch-depth: 0').and.include('pull-requests: read').and.not.include('npm ci');
    const [, script = '', args = ''] = /^ +node (\S+) (.*) >>/m.exec(job) ?? [];
    const given = args.replace('"$base"', 'HEAD').replace('"$LABELS"', 'docs').split(' ');
    // As in the job, from a folder without packages.
    expect(
      execFileSync(process.execPath, [join(ROOT, script), ...given], { cwd: tmpdir(), encoding: 'utf8' }),
    ).to.equal('No contract is broken.\n');
  });

  it('compare contracts also after a first push, and after a forced one', () => {
    const { jobs } = load(textOf('ci.yml')) as Release;
    const script = jobs.contracts?.steps.find(({ run }) => run?.includes('main-breaking-changes'))?.run ?? '';
    const summary = join(dir, 'summary');
    for (const BASE of ['0'.repeat(40), 'f'.repeat(40), 'HEAD']) {
      const env = { ...process.env, BASE, LABELS: BREAKING_LABEL, GITHUB_STEP_SUMMARY: summary };
      const { status, stderr } = spawnSync('bash', ['-e', '-c', script], { cwd: ROOT, env, encoding: 'utf8' });
      expect(status, stderr).to.equal(0);
    }
    expect(readFileSync(summary, 'utf8')).to.match(/contract/);
  });

  for (const [packaged, compared, isSame] of [
    ['a1', 'a1', true],
    ['a1', 'b2', false],
    ['', '', false],
  ] as const) {
    it(`${isSame ? 'take' : 'refuse'} the zips '${packaged}' and '${compared}' of two runners`, () => {
      const { jobs } = load(textOf('ci.yml')) as Release;
      const answer = (job: string, zips: string) => {
        const { run = '' } = jobs[job]?.steps.find(({ run: script }) => script?.includes('GITHUB_OUTPUT')) ?? {};
        const files = { GITHUB_STEP_SUMMARY: join(dir, `${job}-summary`), GITHUB_OUTPUT: join(dir, `${job}-output`) };
        const env = { ...process.env, ...files };
        // What the command prints, between other lines.
        const printed = `npm() { printf '| zip |\\n\\n%s\\n' '${zips && `All zips: ${zips}`}'; }`;
        expect(spawnSync('bash', ['-e', '-c', `${printed}\n${run}`], { env }).status).to.equal(0);
        const text = readFileSync(files.GITHUB_OUTPUT, 'utf8');
        rmSync(files.GITHUB_STEP_SUMMARY);
        rmSync(files.GITHUB_OUTPUT);
        return text.replace('zips=', '').trim();
      };
      const env = {
        ...{ PACKAGED: answer('package', packaged), COMPARED: answer('compare-zips', compared) },
        GITHUB_STEP_SUMMARY: join(dir, 'same-summary'),
      };
      expect([env.PACKAGED, env.COMPARED]).to.deep.equal([packaged, compared]);
      const script = jobs['same-zips']?.steps[0]?.run ?? '';
      expect(spawnSync('bash', ['-e', '-c', script], { env }).status === 0).to.equal(isSame);
    });
  }

  it('make previews only of this repository, and remove them also where a pull request conflicts with main', () => {
    const same = 'github.event.pull_request.head.repo.full_name == github.repository';
    expect(textOf('package-preview.yml')).to.include(`if: ${same}`);
    const preview = textOf('preview.yml');
    expect(preview.replaceAll(/\s+/g, ' ').split(`(${same} && (`)).to.have.length(3);
    expect(preview).to.match(/pull_request_target:\n {4}types: \[closed, labeled, unlabeled\]/);
    expect(preview).not.to.match(/^ {2}pull_request:/m);
    expect(preview).to.include('cancel-in-progress: false');
    expect(preview).to.include('--stage "$STAGE" --anew');
    expect(preview).to.include(`'${NO_PREVIEW}'`);
  });

  it('wait only for runs of their own, whatever a branch or a tag is called', () => {
    const groups = FILES.flatMap((file) => (load(textOf(file)) as Grouped).concurrency?.group ?? []);
    const open = groups
      .filter((group) => group.includes(EXPRESSION))
      .map((group) => group.slice(0, group.indexOf(EXPRESSION)));
    const taken = groups.filter((group) => open.some((start) => start !== '' && group.startsWith(start)));
    expect(taken.filter((group) => !group.includes(EXPRESSION))).to.deep.equal([]);
  });

  it('plan a preview where nothing is installed', async () => {
    const entryPoints = [join(ROOT, 'packages/deployments/src/commands/previews/main-plan-preview.ts')];
    const how = {
      bundle: true,
      platform: 'node',
      format: 'esm',
      packages: 'external',
      write: false,
      metafile: true,
    } as const;
    const { metafile } = await build({ entryPoints, ...how });
    const imports = Object.values(metafile.inputs).flatMap((input) => input.imports.filter(({ external }) => external));
    expect(imports.map(({ path }) => path).filter((path) => !path.startsWith('node:'))).to.deep.equal([]);
  });
});
