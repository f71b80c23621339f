import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { type Consumer, createConsumer, PUBLISHED_FOR } from '@weir/publishing';
import { expect } from 'chai';
import { build } from 'esbuild';

const ROOT = join(import.meta.dirname, '..');
const MAX_GZIP_BYTES = 8 * 1024;

/** Runs on each Node, and is compiled for browsers too: it uses nothing that only Node has. */
const CONSUMER = `
import { createClient, type GivenUp, InvalidEventError, type LiveRow, ProblemError, type Series } from '@weir/client';
const answers: [number, object][] = [
  [503, { type: 'urn:weir:problem:unavailable', title: 'No', status: 503 }],
  [200, { items: [{ action: 'a', count: 2 }] }],
  [400, { type: 'urn:weir:problem:no-valid-event', title: 'No', status: 400,
    errors: [{ pointer: '/events/0/userId', reason: 'shape', detail: 'is too long' }] }],
];
const fetch = async () => {
  const [status, body] = answers.shift() ?? [404, {}];
  const type = status < 400 ? 'application/json' : 'application/problem+json';
  return new Response(JSON.stringify(body), { status, headers: { 'content-type': type } });
};
const weir = createClient({ url: 'https://weir.example/v1', key: 'weir_k', fetch });
for await (const { action, count } of weir.items('listActions')) console.log(action, count);
const givenUp: GivenUp[] = [];
const sender = weir.sender({ onGivenUp: (some) => givenUp.push(some) });
await sender.send({ userId: 'u', action: 'a' });
await sender.close();
const [{ error } = { error: undefined }] = givenUp;
console.log(error instanceof InvalidEventError && error.pointer);
const refused: unknown = await weir.getUser({ userId: 'u' }).catch((thrown: unknown) => thrown);
console.log(refused instanceof ProblemError && refused.status);
export const shown = (rows: LiveRow[], series: Series) => rows.length + series.total.count;
// @ts-expect-error: there is no such interval
export const wrong = () => weir.getMetrics({ action: 'a', interval: 'second' });
// @ts-expect-error: an operation that needs an input has one
export const missing = () => weir.getUser();
// @ts-expect-error: only lists have items
export const noList = () => weir.items('getHealth');
`;

/** A bundle for browsers, as a page loads it. */
async function bundle(folder: string): Promise<Uint8Array> {
  const entry = { contents: `export * from '@weir/client'`, resolveDir: folder };
  const options = { bundle: true, minify: true, write: false, format: 'esm', platform: 'browser' } as const;
  const { outputFiles } = await build({ ...options, stdin: entry });
  return outputFiles[0]?.contents ?? new Uint8Array();
}

describe('the client that npm pack makes', function () {
  this.timeout(240_000);
  let consumer: Consumer;

  before(async () => {
    // Types of browsers, and none of Node: so it compiles in both.
    const compilerOptions = { lib: ['ES2023', 'DOM', 'DOM.AsyncIterable'], types: [], skipLibCheck: false };
    consumer = await createConsumer({ root: ROOT, program: CONSUMER, compilerOptions });
  });

  after(() => consumer?.remove());

  it('holds its module, types, licence and README, and nothing of its source', () => {
    const { paths } = consumer;
    expect(paths).to.include.members(['dist/index.js', 'dist/index.d.ts', 'package.json']);
    expect(paths).to.include.members(['README.md', 'CHANGELOG.md', 'LICENSE']);
    expect(paths.filter((path) => /test|fake|src\/|(?<!\.d)\.ts$/.test(path))).to.deep.equal([]);
  });

  it('needs no other package', async () => {
    const file = join(consumer.folder, 'node_modules/@weir/client/package.json');
    const { dependencies, peerDependencies } = JSON.parse(await readFile(file, 'utf8'));
    expect([dependencies, peerDependencies]).to.deep.equal([undefined, undefined]);
  });

  it(`is under ${MAX_GZIP_BYTES} bytes in a page, by gzip`, async () => {
    expect(gzipSync(await bundle(consumer.folder)).length).to.be.within(1_000, MAX_GZIP_BYTES);
  });

  for (const version of PUBLISHED_FOR) {
    it(`runs, compiled by a strict TypeScript project, on Node ${version}`, async () => {
      const { node, stdout } = await consumer.run(version);
      expect(node).to.equal(`v${version}`);
      expect(stdout).to.equal('a 2\n/userId\n404\n');
    });
  }
});
