import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect } from 'chai';

const ROOT = join(import.meta.dirname, '../..');

/** A file that breaks a rule, the rule, and where the same text is allowed. */
interface Case {
  readonly rule: string;
  readonly text: string;
  readonly refused: readonly string[];
  readonly allowed: readonly string[];
}

const CLOCK = 'The clock and ids are parameters';
const SERVICES = 'No imports from a service';
const AWS = '@aws-sdk and @smithy belong in';
const LATE = 'Only a file of ours is imported late';
const LOG = 'A log message begins with a capital letter';
const ERROR = "An error's message begins small";
const PARAMS = 'useMaxParams';
const UPPER = 'A constant is UPPER_CASE';
const LOWER = 'Only a constant is UPPER_CASE';

const LOCALES = 'Locales cost a cold start';

const LATE_PLACES = {
  refused: ['services/api/src/a.ts', 'services/api/src/handlers/a.ts', 'packages/events/src/aws/a.ts'],
  allowed: ['services/api/src/a.test.ts', 'packages/local/src/a.ts', 'bench/src/a.ts'],
};

const CLOCK_PLACES = {
  refused: ['services/api/src/a.ts', 'packages/events/src/a.ts', 'services/api/src/aws/a.ts'],
  allowed: [
    'services/api/src/handlers/a.ts',
    'services/api/src/a.test.ts',
    'packages/local/src/a.ts',
    'bench/src/a.ts',
  ],
};

const EVERYWHERE = ['services/api/src/a.ts', 'services/api/src/a.test.ts', 'packages/local/src/a.ts', 'bench/src/a.ts'];
const anywhere = (rule: string, text: string): Case => ({ rule, text, refused: EVERYWHERE, allowed: [] });
const nowhere = (rule: string, text: string): Case => ({ rule, text, refused: [], allowed: EVERYWHERE });
const LOG_PLACES = {
  refused: ['services/api/src/a.ts', 'packages/local/src/a.ts'],
  allowed: ['services/api/src/a.test.ts'],
};
const ERROR_PLACES = {
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
  {
    rule: AWS,
    text: "export { SignatureV4 } from '@smithy/signature-v4';\n",
    refused: ['services/api/src/a.ts'],
    allowed: ['services/api/src/aws/a.ts'],
  },
  { rule: CLOCK, text: 'export const at = Date.now();\n', ...CLOCK_PLACES },
  { rule: CLOCK, text: 'export const clock = { now: Date.now };\n', ...CLOCK_PLACES },
  { rule: CLOCK, text: 'export const at = new Date();\n', ...CLOCK_PLACES },
  {
    rule: CLOCK,
    text: "import { randomUUID } from 'node:crypto';\nexport const id = randomUUID();\n",
    ...CLOCK_PLACES,
  },
  { rule: CLOCK, text: 'export const id = globalThis.crypto.randomUUID();\n', ...CLOCK_PLACES },
  {
    rule: 'noProcessEnv',
    text: 'export const stage = process.env.WEIR_STAGE;\n',
    refused: ['services/api/src/a.ts', 'services/api/src/handlers/a.ts', 'packages/dynamodb/src/a.ts'],
    allowed: ['packages/config/src/a.ts', 'packages/local/src/a.ts', 'bench/src/a.ts', 'scripts/a.ts'],
  },
  { rule: LATE, text: "export const load = loadLate(async () => new (await import('b')).B());\n", ...LATE_PLACES },
  { rule: LATE, text: "export const load = () => import('./b.ts');\n", ...LATE_PLACES },
  {
    rule: LATE,
    text: "export const load = loadLate(async () => (await import('../b.ts')).openB('b'));\n",
    refused: [],
    allowed: ['services/api/src/a.ts'],
  },
  { rule: LOCALES, text: "export const text = (1e6).toLocaleString('en-US');\n", ...LATE_PLACES },
  { rule: LOCALES, text: "export const format = new Intl.NumberFormat('en-US');\n", ...LATE_PLACES },
  { rule: LOCALES, text: 'export const order = (a: string, b: string) => a.localeCompare(b);\n', ...LATE_PLACES },
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
  { rule: LOG, text: "log.warn('a fold failed', { error });\n", ...LOG_PLACES },
  { rule: LOG, text: "deps.log.info('Folded.');\n", ...LOG_PLACES },
  { rule: LOG, text: `telemetry.log.error(\`the log \${logId} is gone\`);\n`, ...LOG_PLACES },
  nowhere(LOG, `log.warn('A fold failed; the next one tries again', { error });\nlog.error(\`\${name} failed\`);\n`),
  { rule: ERROR, text: "throw new Error('The key is empty');\n", ...ERROR_PLACES },
  { rule: ERROR, text: `throw new RangeError(\`A digest has \${length} bytes\`, { cause });\n`, ...ERROR_PLACES },
  { rule: ERROR, text: "throw new Error('the key is empty.');\n", ...ERROR_PLACES },
  { rule: ERROR, text: "class A extends Error {\n  constructor() {\n    super('Broken');\n  }\n}\n", ...ERROR_PLACES },
  nowhere(ERROR, "throw new Error('the key is empty');\nthrow new Error('Redis does not answer');\n"),
  nowhere(ERROR, `throw new Error('S3 did not remove a');\nthrow new Error(\`\${name} is missing\`);\n`),
  nowhere(ERROR, "map.set('The key', new Label('The label.'));\n"),
  anywhere(PARAMS, 'export const a = (b: 1, c: 2, d: 3, e: 4) => [b, c, d, e];\n'),
  nowhere(PARAMS, 'export const a = (b: 1, c: 2, d: 3) => [b, c, d];\n'),
  ...[
    'export const maxBytes = 64 * 1024;',
    "const dir = 'a';",
    `const prefix: string = \`\${PREFIX}-a\` as const;`,
    'const shape = /^a$/;',
    'const big = -2n ** 64n;',
    "export const names = ['a', 'b'] as const;",
    "const table: Readonly<Record<string, number>> = { a: 1, 'b-c': LIMITS.two };",
    "const known = new Set(['a']);",
    'const start = Date.UTC(2025, 0, 1);',
    "const folder = join(import.meta.dirname, '..');",
  ].map((text) => anywhere(UPPER, `${text}\n`)),
  ...[
    'export const MAX_BYTES = 64 * 1024;',
    "export const userSchema = { type: 'object' };",
    'const client = new Client({});',
    "const text = read('a');",
    'const double = (a: number) => 2 * a;',
    "const table = { client, name: 'a' };",
    'export const seen: string[] = [];',
    'const fallback = config.fallback;',
    'function a() {\n  const b = 1;\n  return b;\n}',
    'class A {\n  b() {\n    const c = 1;\n    return c;\n  }\n}',
    'export const a = () => {\n  const b = 1;\n  return b;\n};',
    'for (const a of [1]) {\n  const b = 2;\n}',
  ].map((text) => nowhere(UPPER, `${text}\n`)),
  ...[
    'export const DOUBLE = (a: number) => 2 * a;',
    'const CLIENT = new Client({});',
    'function a() {\n  const B = 1;\n  return B;\n}',
  ].map((text) => anywhere(LOWER, `${text}\n`)),
  ...["export const NAMES = new Map([['a', 1]]);", "const B = a('b');", 'export const A = 1;'].map((text) =>
    nowhere(LOWER, `${text}\n`),
  ),
];

describe('the house rules', () => {
  let copy: string;

  before(() => {
    copy = mkdtempSync(join(tmpdir(), 'weir-lint-'));
    cpSync(join(ROOT, 'lint'), join(copy, 'lint'), { recursive: true });
    cpSync(join(ROOT, 'biome.json'), join(copy, 'biome.json'));
    writeFileSync(join(copy, '.gitignore'), 'node_modules\n');
    for (const [index, { text, refused, allowed }] of cases.entries()) {
      for (const place of [...refused, ...allowed]) write(copy, numbered(place, index), text);
    }
  });

  after(() => rmSync(copy, { recursive: true }));

  it('refuse a text that breaks them, and only where it does', function () {
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

/** Gives each case its own files: `a.ts` becomes `a-7.ts`. */
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

/** Runs the linter over `dir`. The function that it returns gives the findings in one file. */
function lint(dir: string): (path: string) => string {
  const { stdout, stderr } = spawnSync(
    join(ROOT, 'node_modules/.bin/biome'),
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
