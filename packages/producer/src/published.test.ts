import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'chai';

const run = promisify(execFile);
const ROOT = join(import.meta.dirname, '..');
const { engines, devDependencies: own } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8'));
const { devDependencies: shared } = JSON.parse(await readFile(join(ROOT, '../../package.json'), 'utf8'));

/** The last releases of each major that the package is for. npm has Node's programs, a package for each platform. */
const nodes = ['20.20.2', '22.23.5', shared.node];
const nodePackage = `node-${process.platform}-${process.arch}`;

const CONSUMER = `
import { createProducer, type GivenUp, InvalidEventError, type ProducerEvent } from '@weir/producer';
import { KinesisClient } from '@aws-sdk/client-kinesis';
const event: ProducerEvent = { userId: 'u', action: 'a', timestamp: new Date() };
const givenUp: GivenUp[] = [];
const client = new KinesisClient({ region: 'us-east-1' });
client.send = async () => ({ Records: [{ SequenceNumber: '1' }] });
for (const aggregation of [false, true]) {
  const producer = createProducer({ client, streamName: 'events', aggregation, onGivenUp: (some) => givenUp.push(some) });
  await producer.send(event);
  const refused = await producer.send({ ...event, userId: '' }).catch((error: unknown) => error);
  await producer.flush();
  console.log(refused instanceof InvalidEventError && refused.pointer, producer.bufferedBytes, givenUp.length);
  await producer.close();
}
`;

const CONFIG = {
  compilerOptions: {
    strict: true,
    skipLibCheck: true,
    target: 'es2022',
    module: 'nodenext',
    types: ['node'],
  },
};

/** The file that `npm pack` makes, as npm names it. */
async function pack(to: string): Promise<{ filename: string; paths: string[] }> {
  const { stdout } = await run('npm', ['pack', '--json', '--silent', '--pack-destination', to], { cwd: ROOT });
  const packed = JSON.parse(stdout.slice(stdout.search(/^[[{]/m)));
  const [{ filename, files }] = Array.isArray(packed) ? packed : Object.values(packed);
  return { filename, paths: files.map(({ path }: { path: string }) => path) };
}

describe('the package that npm pack makes', function () {
  this.timeout(240_000);
  let folder: string;
  let paths: string[];

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'weir-producer-'));
    const packed = await pack(folder);
    paths = packed.paths;
    await writeFile(join(folder, 'package.json'), '{"type":"module","private":true}');
    await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(CONFIG));
    await writeFile(join(folder, 'consumer.ts'), CONSUMER);
    const others = { typescript: shared.typescript, '@types/node': shared['@types/node'] };
    const wanted = { '@aws-sdk/client-kinesis': own['@aws-sdk/client-kinesis'], ...others };
    const names = Object.entries(wanted).map(([name, version]) => `${name}@${version}`);
    // An alias for each, because one folder holds one version of a package.
    const programs = nodes.map((version) => `node${version.split('.')[0]}@npm:${nodePackage}@${version}`);
    const quiet = ['--prefer-offline', '--no-audit', '--no-fund'];
    await run('npm', ['install', ...quiet, `./${packed.filename}`, ...names, ...programs], { cwd: folder });
    await run('node_modules/.bin/tsc', ['-p', '.'], { cwd: folder });
  });

  after(() => rm(folder, { recursive: true, force: true }));

  it('holds its module, types, licence and README, and nothing of its source', () => {
    expect(paths).to.include.members(['dist/index.js', 'dist/index.d.ts', 'package.json', 'README.md', 'LICENSE']);
    expect(paths.filter((path) => /test|src\/|(?<!\.d)\.ts$/.test(path))).to.deep.equal([]);
  });

  it("brings no SDK of its own, but takes the project's", async () => {
    const installed = JSON.parse(await readFile(join(folder, 'node_modules/@weir/producer/package.json'), 'utf8'));
    expect(installed.dependencies).to.equal(undefined);
    expect(installed.peerDependencies).to.deep.equal({ '@aws-sdk/client-kinesis': '^3' });
  });

  for (const version of nodes) {
    it(`runs, compiled by a strict TypeScript project, on Node ${version}`, async () => {
      const node = join(folder, `node_modules/node${version.split('.')[0]}/bin/node`);
      expect((await run(node, ['--version'])).stdout).to.equal(`v${version}\n`);
      const { stdout } = await run(node, ['consumer.js'], { cwd: folder });
      expect(stdout).to.equal('/userId 0 0\n/userId 0 0\n');
    });
  }

  it('says which Node it needs', () => {
    expect(engines.node).to.equal('>=20.12');
  });
});
