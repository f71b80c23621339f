import { MemoryMetricsStore } from '@weir/dynamodb/memory';
import { expect } from 'chai';
import { foldLog } from '../fold/fold-log.ts';
import { createConsumerFixture, eventText, LOG_ID, NOW, recordsOf, SHARD_ID } from '../testing/consumer-fixture.ts';
import { loadShard } from './load-shard.ts';

describe('a cold start', () => {
  const options = { windowSeconds: 3600, now: NOW };

  async function logged(texts: readonly string[]) {
    const fixture = createConsumerFixture();
    const consumer = fixture.newConsumer();
    const append = (text: string, first: number) =>
      consumer.consume({ shardId: SHARD_ID, records: recordsOf([text], { first }) });
    for (const [i, text] of texts.entries()) await append(text, i + 1);
    const shard = await fixture.deps.topology.locate(SHARD_ID);
    return { ...fixture, shard, append };
  }

  it('learns the ids of an entry that was appended and folded between its reads of the log and of the item', async () => {
    const { deps, store, shard, append } = await logged([eventText({ id: 'x' })]);
    const find = store.find.bind(store);
    let finds = 0;
    store.find = async (logId) => {
      if (++finds === 2) {
        await append(eventText({ id: 'y' }), 2);
        await foldLog({ store: new MemoryMetricsStore(undefined, store.items), now: deps.now }, LOG_ID, {
          deadline: NOW + 1,
        });
      }
      return find(logId);
    };
    const memory = await loadShard(deps, shard, { ...options, records: recordsOf([eventText()], { first: 3 }) });
    expect(memory?.head.number).to.equal(1);
    expect(memory?.window.size).to.equal(2);
  });

  it('knows how many rows the entries touch that wait to be folded, as an instance that stays warm does', async () => {
    const texts = ['a', 'b'].map((action) => eventText({ id: action, action, userId: action }));
    const { deps, shard } = await logged(texts);
    const memory = await loadShard(deps, shard, { ...options, records: recordsOf([eventText()], { first: 3 }) });
    expect(memory?.unfolded).to.include({ rows: 2, userRows: 2 });
  });

  it('reads no log for records that are already folded, whatever their age', async () => {
    const { deps, store, shard } = await logged([eventText({ id: 'x' }), eventText()]);
    await foldLog(deps, LOG_ID, { deadline: NOW + 1 });
    store.readBackwards = () => {
      throw new Error('the log was read');
    };
    expect(await loadShard(deps, shard, { ...options, records: recordsOf([eventText()]) })).to.equal(undefined);
  });
});
