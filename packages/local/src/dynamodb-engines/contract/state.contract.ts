import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import type { DynamoDbEngine } from '../dynamodb-engine.ts';
import type { EngineName } from '../engine-name.ts';
import { startDynamoDb } from '../start-dynamodb.ts';
import { key, number, openWireClient, type WireClient } from './wire-client.ts';

const ROUNDS = 2;
const WRITERS = 4;
/** DynamoDB Local acknowledges before it has written: what each writer has sent last may be lost. */
const LOST_AT_MOST: Readonly<Record<EngineName, number>> = { dynoxide: 0, 'dynamodb-local': WRITERS };

/** What an engine keeps on disk. */
export function describeState(name: EngineName): void {
  describe('state on disk', function () {
    this.timeout(90_000);
    const folders: string[] = [];
    const newFolder = () => {
      const folder = mkdtempSync(join(tmpdir(), 'weir-engine-'));
      folders.push(folder);
      return folder;
    };
    const engines: DynamoDbEngine[] = [];
    const start = async (folder: string) => {
      const engine = await startDynamoDb(folder, name);
      engines.push(engine);
      return engine;
    };
    after(async () => {
      // A test that failed leaves its engine, and mocha waits for that.
      await Promise.all(engines.map((engine) => engine.close()));
      for (const folder of folders) rmSync(folder, { recursive: true, force: true });
    });
    const clientOf = ({ host, port }: DynamoDbEngine) => openWireClient(() => `http://${host}:${port}`);

    it('has after kill -9 in the middle of writing what was acknowledged, and no half transaction', async () => {
      const folder = newFolder();
      let engine = await start(folder);
      const table = await clientOf(engine).table({ stream: 'NEW_IMAGE' });
      const acknowledged: string[] = [];
      for (let round = 0; round < ROUNDS; round += 1) {
        await writeUntilKilled(engine, table, acknowledged);
        await engine.close();
        engine = await start(folder);
      }
      const client = clientOf(engine);
      const [first, second] = await Promise.all(['first', 'second'].map((pk) => namesIn(client, table, pk)));
      expect(first).to.deep.equal(second);
      const lost = acknowledged.filter((each) => !first?.has(each));
      expect(lost.length).to.be.at.most(LOST_AT_MOST[name] * ROUNDS);
      await client.put(table, key('after'));
      expect(await client.get(table, key('after'))).to.deep.equal(key('after'));
      await engine.close();
    });

    it('is refused with a way out where the other engine wrote it', async () => {
      const other = name === 'dynoxide' ? 'dynamodb-local' : 'dynoxide';
      const folder = newFolder();
      const engine = await start(folder);
      await clientOf(engine).table();
      await engine.close();
      const refusal = await startDynamoDb(folder, other).then(
        async (wrong) => wrong.close(),
        (error: Error) => error.message,
      );
      expect(refusal).to.match(new RegExp(`written by ${name}.*WEIR_DYNAMODB_ENGINE=${name}.*npm run reset`));
    });
  });
}

/** Writes pairs in transactions from four places, and kills the engine among them. */
async function writeUntilKilled(engine: DynamoDbEngine, TableName: string, acknowledged: string[]): Promise<void> {
  const client = openWireClient(() => `http://${engine.host}:${engine.port}`);
  const before = acknowledged.length;
  let isKilled = false;
  const writeOften = async (_: unknown, writer: number) => {
    for (let turn = 0; !isKilled; turn += 1) {
      const sk = `${before}-${writer}-${turn}`;
      const put = (pk: string) => ({ Put: { TableName, Item: { ...key(pk, sk), v: number(turn) } } });
      const TransactItems = [put('first'), put('second')];
      const answer = await client.call('TransactWriteItems', { TransactItems }).catch(() => undefined);
      if (answer !== undefined && answer.error === undefined) acknowledged.push(sk);
    }
  };
  const writing = Promise.all(Array.from({ length: WRITERS }, writeOften));
  while (acknowledged.length < before + 20) await sleep(10);
  process.kill(Number(engine.pid), 'SIGKILL');
  isKilled = true;
  await writing;
}

async function namesIn(client: WireClient, table: string, pk: string): Promise<ReadonlySet<string>> {
  return new Set((await client.partition(table, pk)).map(({ sk }) => String(sk?.S)));
}
