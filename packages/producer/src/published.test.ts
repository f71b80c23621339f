import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'chai';

const run = promisify(execFile);
const root = join(import.meta.dirname, '..');

const consumer = `
import { createProducer, type GivenUp, type ProducerEvent } from '@weir/producer';
const event: ProducerEvent = { userId: 'u', action: 'a', timestamp: Date.now() };
const givenUp: GivenUp[] = [];
const producer = createProducer({
  client: { send: async () => ({ Records: [{ SequenceNumber: '1' }] }) } as never,
  streamName: 'events',
  onGivenUp: (some) => givenUp.push(some),
});
await producer.send(event);
await producer.close();
console.log(JSON.stringify({ buffered: producer.bufferedBytes, givenUp: givenUp.length }));
`;

describe('the published package', function () {
  this.timeout(120_000);
  let folder: string;

  before(async () => {
    await run('npm', ['run', 'build'], { cwd: root });
    folder = await mkdtemp(join(tmpdir(), 'weir-producer-'));
    await mkdir(join(folder, 'node_modules/@weir'), { recursive: true });
    await symlink(join(root, 'dist'), join(folder, 'node_modules/@weir/producer'));
    await writeFile(join(folder, 'package.json'), '{"type":"module"}');
    await writeFile(join(folder, 'consumer.ts'), consumer);
  });

  after(() => rm(folder, { recursive: true, force: true }));

  it('holds its module, types, licence and README, and needs no package of this repository', async () => {
    const { stdout } = await run('npm', ['pack', '--dry-run', '--json'], { cwd: join(root, 'dist') });
    const packed = JSON.parse(stdout);
    const [{ files }] = Array.isArray(packed) ? packed : Object.values(packed);
    const paths = files.map(({ path }: { path: string }) => path);
    expect(paths).to.include.members(['index.js', 'index.d.ts', 'package.json', 'README.md', 'LICENSE']);
    const { dependencies } = JSON.parse(await readFile(join(root, 'dist/package.json'), 'utf8'));
    expect(Object.keys(dependencies)).to.deep.equal(['@aws-sdk/client-kinesis']);
  });

  it('runs in a project of its own', async () => {
    const { stdout } = await run(process.execPath, ['consumer.ts'], { cwd: folder });
    expect(JSON.parse(stdout)).to.deep.equal({ buffered: 0, givenUp: 0 });
  });

  it('is typed there', async () => {
    const options = ['--noEmit', '--strict', '--module', 'nodenext', '--target', 'es2024', '--typeRoots'];
    await run('tsc', [...options, join(root, '../../node_modules/@types'), '--types', 'node', 'consumer.ts'], {
      cwd: folder,
    });
  });
});
