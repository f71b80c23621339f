import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { useWeir } from './shared-weir.ts';

const run = promisify(execFile);

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const GENERATORS = join(ROOT, 'tests/typed-clients/node_modules/.bin');
const TSC = join(ROOT, 'node_modules/.bin/tsc');
const page = readFileSync(join(ROOT, 'docs/clients.md'), 'utf8');

/** The compiler checks everything, the generated types too. */
const TSCONFIG = {
  compilerOptions: {
    ...{ strict: true, noUncheckedIndexedAccess: true, skipLibCheck: false },
    ...{ target: 'ES2024', lib: ['ES2024', 'DOM', 'DOM.Iterable'], types: ['node'] },
    ...{ module: 'NodeNext', moduleResolution: 'NodeNext', outDir: 'out' },
  },
  include: ['*.ts', 'weir'],
};

/** Lines that a client's types must refuse. If they accept one, the compiler reports an unused `@ts-expect-error`. */
const WRONG_CALLS = {
  'openapi-fetch': `
import createClient from 'openapi-fetch';
import type { paths } from './weir.d.ts';
const weir = createClient<paths>();
// @ts-expect-error: there is no such path
weir.GET('/v1/actions');
// @ts-expect-error: an event has an action
weir.POST('/events', { body: { events: [{ userId: 'ada', timestamp: 0 }] } });
// @ts-expect-error: there is no such interval
weir.GET('/metrics/{action}', { params: { path: { action: 'signup' }, query: { interval: 'second' } } });
weir.GET('/metrics/{action}', { params: { path: { action: 'a' }, query: { interval: 'week', timeZone: 'Asia/Tokyo' } } });
// @ts-expect-error: there is no such scope
weir.POST('/keys', { body: { name: 'x', scopes: ['everything'] } });
`,
  '@hey-api/openapi-ts': `
import { createKey, getMetrics, sendEvents } from './weir/index.js';
// @ts-expect-error: an event has an action
sendEvents({ body: { events: [{ userId: 'ada', timestamp: 0 }] } });
// @ts-expect-error: there is no such interval
getMetrics({ path: { action: 'signup' }, query: { interval: 'second' } });
getMetrics({ path: { action: 'signup' }, query: { interval: 'week', timeZone: 'Asia/Tokyo' } });
// @ts-expect-error: there is no such scope
createKey({ body: { name: 'x', scopes: ['everything'] } });
`,
} as const;

/** The command and the program that docs/clients.md gives for a generator. */
function sectionOf(name: string): { command: string[]; program: string } {
  const section = page.split('\n## ').find((text) => text.startsWith(`\`${name}\``)) ?? '';
  const command = /^npx (.*)$/m.exec(section)?.[1]?.split(' ') ?? [];
  return { command, program: /```ts\n(.*?)```/s.exec(section)?.[1] ?? '' };
}

/** A caller's project. Of the file that `npm start` writes, it gets only the address and the key. */
function createProject({ apiUrl, key }: { apiUrl: string; key: string }): string {
  const folder = mkdtempSync(join(tmpdir(), 'weir-clients-'));
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  mkdirSync(join(folder, '.weir'));
  writeFileSync(join(folder, '.weir/local.json'), JSON.stringify({ apiUrl, key }));
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ type: 'module' }));
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(TSCONFIG));
  return folder;
}

describe('a typed client of the served document', function () {
  this.timeout(120_000);
  const weir = useWeir();
  let folder: string;

  beforeEach(() => {
    folder = createProject(weir.doors);
  });

  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  /** Runs the command of the docs in the folder, with the address of the running Weir. */
  async function generate([tool = '', ...options]: string[]): Promise<void> {
    const args = options.map((option) => option.replace('http://localhost:3000/v1', weir.doors.apiUrl));
    // As npx does: a package and its command may have different names.
    await run(process.execPath, [join(GENERATORS, tool.split('/').at(-1) ?? ''), ...args], { cwd: folder });
  }

  it('has the address from which the document came, unless it is given another', async () => {
    await generate(sectionOf('@hey-api/openapi-ts').command);
    expect(readFileSync(join(folder, 'weir/client.gen.ts'), 'utf8')).to.include(`baseUrl: '${weir.doors.apiUrl}'`);
  });

  for (const [name, wrongCalls] of Object.entries(WRONG_CALLS)) {
    it(`made by ${name} compiles in strict mode, and calls events, metrics, users and keys`, async () => {
      const { command, program } = sectionOf(name);
      await generate(command);
      writeFileSync(join(folder, 'program.ts'), program);
      writeFileSync(join(folder, 'wrong-calls.ts'), wrongCalls);
      await run(process.execPath, [TSC, '-p', folder]).catch(({ stdout }) => expect.fail(stdout));
      const before = await weir.doors.count('signup');
      const { stdout } = await run(process.execPath, [join(folder, 'out/program.js')], { cwd: folder });
      await weir.doors.settle();
      expect(await weir.doors.count('signup')).to.equal(before + 1);
      expect(stdout)
        .to.match(/accepted: 1/)
        .and.match(/count: \d/)
        .and.match(/userId: 'ada'/)
        .and.match(/key: 'weir_/);
      expect(stdout).to.match(/undefined\n$/);
    });
  }
});
