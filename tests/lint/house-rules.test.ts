import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect } from 'chai';

const root = join(import.meta.dirname, '../..');

/** A file that breaks a rule, the rule, and where the same text is allowed. */
interface Case {
  readonly rule: string;
  readonly text: string;
  readonly refused: readonly string[];
  readonly allowed: readonly string[];
}

const CLOCK = 'The clock and ids are parameters';
const SERVICES = 'No imports from a service';
const AWS = '@aws-sdk belongs in';
const LATE = 'Only a file of ours is imported late';
const LOG = 'A log message begins with a capital letter';
const ERROR = "An error's message begins small";
const PARAMS = 'useMaxParams';

const LOCALES = 'Locales cost a cold start';

const latePlaces = {
  refused: ['services/api/src/a.ts', 'services/api/src/handlers/a.ts', 'packages/events/src/aws/a.ts'],
  allowed: ['services/api/src/a.test.ts', 'packages/local/src/a.ts', 'bench/src/a.ts'],
};

const clockPlaces = {
  refused: ['services/api/src/a.ts', 'packages/events/src/a.ts', 'services/api/src/aws/a.ts'],
  allowed: [
    'services/api/src/handlers/a.ts',
    'services/api/src/a.test.ts',
    'packages/local/src/a.ts',
    'bench/src/a.ts',
  ],
};

const everywhere = ['services/api/src/a.ts', 'services/api/src/a.test.ts', 'packages/local/src/a.ts', 'bench/src/a.ts'];
const anywhere = (rule: string, text: string): Case => ({ rule, text, refused: everywhere, allowed: [] });
const nowhere = (rule: string, text: string): Case => ({ rule, text, refused: [], allowed: everywhere });
const logPlaces = {
  refused: ['services/api/src/a.ts', 'packages/local/src/a.ts'],
  allowed: ['services/api/src/a.test.ts'],
};
const errorPlaces = {
  refused: ['services/api/src/a.ts', 'services/api/src/a.test.ts', 'bench/src/a.ts'],
  allowed: ['packages/local/src/a.ts', 'packages/packaging/src/a.ts', 'packages/stacks/src/a.ts'],
};

const cases: readonly Case[] = [
  {
    rule: AWS,
    text: "import { S3Client } from '@aws-sdk/client-s3';\nexport const client = new S3Client();\n",
    refused: ['services/api/src/a.ts', 'packages/config/src/a.ts', 'packages/events/src/b/a.ts'],
    allowed: [
      'services/api/src/aws/a.ts',
      'services/api/src/handlers/a.ts',
      'packages/dynamodb/src/a.ts',
      'packages/local/src/a.ts',
      'services/api/src/a.test.ts',
    ],
  },
  {
    rule: AWS,
    text: "export type { S3Client } from '@aws-sdk/client-s3';\n",
    refused: ['services/api/src/a.ts'],
    allowed: ['services/api/src/aws/a.ts'],
  },
  {
    rule: AWS,
    text: "export const load = () => import('@aws-sdk/client-s3');\n",
    refused: ['services/api/src/a.ts'],
    allowed: ['services/api/src/aws/a.ts'],
  },
  { rule: CLOCK, text: 'export const at = Date.now();\n', ...clockPlaces },
  { rule: CLOCK, text: 'export const clock = { now: Date.now };\n', ...clockPlaces },
  { rule: CLOCK, text: 'export const at = new Date();\n', ...clockPlaces },
  {
    rule: CLOCK,
    text: "import { randomUUID } from 'node:crypto';\nexport const id = randomUUID();\n",
    ...clockPlaces,
  },
  { rule: CLOCK, text: 'export const id = globalThis.crypto.randomUUID();\n', ...clockPlaces },
  {
    rule: 'noProcessEnv',
    text: 'export const stage = process.env.WEIR_STAGE;\n',
    refused: ['services/api/src/a.ts', 'services/api/src/handlers/a.ts', 'packages/dynamodb/src/a.ts'],
    allowed: ['packages/config/src/a.ts', 'packages/local/src/a.ts', 'bench/src/a.ts', 'scripts/a.ts'],
  },
  { rule: LATE, text: "export const load = loadLate(async () => new (await import('b')).B());\n", ...latePlaces },
  { rule: LATE, text: "export const load = () => import('./b.ts');\n", ...latePlaces },
  {
    rule: LATE,
    text: "export const load = loadLate(async () => (await import('../b.ts')).openB('b'));\n",
    refused: [],
    allowed: ['services/api/src/a.ts'],
  },
  { rule: LOCALES, text: "export const text = (1e6).toLocaleString('en-US');\n", ...latePlaces },
  { rule: LOCALES, text: "export const format = new Intl.NumberFormat('en-US');\n", ...latePlaces },
  { rule: LOCALES, text: 'export const order = (a: string, b: string) => a.localeCompare(b);\n', ...latePlaces },
  {
    rule: SERVICES,
    text: "export { a } from '@weir/ingest-stream';\n",
    refused: ['services/api/src/a.ts', 'packages/events/src/a.ts', 'packages/local/src/a.ts'],
    allowed: [],
  },
  {
    rule: SERVICES,
    text: "export { a } from '../../ingest-stream/src/a.ts';\n",
    refused: ['services/api/src/a.ts', 'services/api/src/handlers/a.ts'],
    allowed: [],
  },
  {
    rule: SERVICES,
    text: "export { a } from '../reports/b.ts';\n",
    refused: [],
    allowed: ['services/api/src/http/a.ts'],
  },
  {
    rule: 'noDefaultExport',
    text: 'export default 1;\n',
    refused: ['services/api/src/a.ts', 'packages/local/src/a.ts', 'bench/src/a.ts'],
    allowed: [],
  },
  {
    rule: 'noExplicitAny',
    text: 'export const a = (b: any) => b;\n',
    refused: ['services/api/src/a.ts', 'services/api/src/a.test.ts'],
    allowed: [],
  },
  { rule: LOG, text: "log.warn('a fold failed', { error });\n", ...logPlaces },
  { rule: LOG, text: "deps.log.info('Folded.');\n", ...logPlaces },
  { rule: LOG, text: 'telemetry.log.error(`the log ${logId} is gone`);\n', ...logPlaces },
  nowhere(LOG, "log.warn('A fold failed; the next one tries again', { error });\nlog.error(`${name} failed`);\n"),
  { rule: ERROR, text: "throw new Error('The key is empty');\n", ...errorPlaces },
  { rule: ERROR, text: 'throw new RangeError(`A digest has ${length} bytes`, { cause });\n', ...errorPlaces },
  { rule: ERROR, text: "throw new Error('the key is empty.');\n", ...errorPlaces },
  { rule: ERROR, text: "class A extends Error {\n  constructor() {\n    super('Broken');\n  }\n}\n", ...errorPlaces },
  nowhere(ERROR, "throw new Error('the key is empty');\nthrow new Error('Redis does not answer');\n"),
  nowhere(ERROR, "throw new Error('S3 did not remove a');\nthrow new Error(`${name} is missing`);\n"),
  nowhere(ERROR, "map.set('The key', new Label('The label.'));\n"),
  anywhere(PARAMS, 'export const a = (b: 1, c: 2, d: 3, e: 4) => [b, c, d, e];\n'),
  nowhere(PARAMS, 'export const a = (b: 1, c: 2, d: 3) => [b, c, d];\n'),
];

describe('the house rules', () => {
  let copy: string;

  before(() => {
    copy = mkdtempSync(join(tmpdir(), 'weir-lint-'));
    cpSync(join(root, 'lint'), join(copy, 'lint'), { recursive: true });
    cpSync(join(root, 'biome.json'), join(copy, 'biome.json'));
    writeFileSync(join(copy, '.gitignore'), 'node_modules\n');
    for (const [index, { text, refused, allowed }] of cases.entries()) {
      for (const place of [...refused, ...allowed]) write(copy, numbered(place, index), text);
    }
  });

  after(() => rmSync(copy, { recursive: true }));

  it('refuse what breaks them, and only there', function () {
    this.timeout(20_000);
    const findings = lint(copy);
    for (const [index, { rule, text, refused, allowed }] of cases.entries()) {
      for (const place of refused) {
        expect(findings(numbered(place, index)), `${rule} in ${place}: ${text}`).to.include(rule);
      }
      for (const place of allowed) {
        expect(findings(numbered(place, index)), `${rule} in ${place}: ${text}`).not.to.include(rule);
      }
    }
  });
});

/** Each case gets files of its own: `a.ts` becomes `a-7.ts`. */
function numbered(place: string, index: number): string {
  return place.replace(/a((\.test)?\.ts)$/, `a-${index}$1`);
}

function write(dir: string, path: string, text: string): void {
  mkdirSync(join(dir, dirname(path)), { recursive: true });
  writeFileSync(join(dir, path), text);
}

interface Diagnostic {
  readonly category: string;
  readonly message: string;
  readonly location: { readonly path: string };
}

/** Runs the linter over `dir`; what is returned tells what was found in one file. */
function lint(dir: string): (path: string) => string {
  const { stdout, stderr } = spawnSync(
    join(root, 'node_modules/.bin/biome'),
    ['lint', '--reporter=json', '--max-diagnostics=1000', '.'],
    { cwd: dir, encoding: 'utf8' },
  );
  expect(stdout, stderr).not.to.equal('');
  const { diagnostics } = JSON.parse(stdout) as { diagnostics: readonly Diagnostic[] };
  return (path) =>
    diagnostics
      .filter((found) => found.location.path === path)
      .map((found) => `${found.category} ${found.message}`)
      .join('\n');
}
