import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Consumer, createConsumer, PUBLISHED_FOR } from '@weir/publishing';
import { expect } from 'chai';

const ROOT = join(import.meta.dirname, '..');
const { engines, devDependencies: own } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8'));
const SDK = '@aws-sdk/client-kinesis';

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

describe('the package that npm pack makes', function () {
  this.timeout(240_000);
  let consumer: Consumer;

  before(async () => {
    consumer = await createConsumer({ root: ROOT, program: CONSUMER, packages: { [SDK]: own[SDK] } });
  });

  after(() => consumer?.remove());

  it('holds its module, types, licence and README, and nothing of its source', () => {
    const { paths } = consumer;
    expect(paths).to.include.members(['dist/index.js', 'dist/index.d.ts', 'package.json']);
    expect(paths).to.include.members(['README.md', 'CHANGELOG.md', 'LICENSE']);
    expect(paths.filter((path) => /test|src\/|(?<!\.d)\.ts$/.test(path))).to.deep.equal([]);
  });

  it("brings no SDK of its own, but takes the project's", async () => {
    const file = join(consumer.folder, 'node_modules/@weir/producer/package.json');
    const installed = JSON.parse(await readFile(file, 'utf8'));
    expect(installed.dependencies).to.equal(undefined);
    expect(installed.peerDependencies).to.deep.equal({ [SDK]: '^3' });
  });

  for (const version of PUBLISHED_FOR) {
    it(`runs, compiled by a strict TypeScript project, on Node ${version}`, async () => {
      const { node, stdout } = await consumer.run(version);
      expect(node).to.equal(`v${version}`);
      expect(stdout).to.equal('/userId 0 0\n/userId 0 0\n');
    });
  }

  it('says which Node it needs', () => {
    expect(engines.node).to.equal('>=20.12');
  });
});
