import { MemoryAlertsStore } from '@weir/dynamodb/alerts/memory';
import { expect } from 'chai';
import { EvaluatorRoom, MINUTE, START } from '../testing/evaluator-room.ts';
import { RuleBook } from './rule-book.ts';

describe('the rules that an instance knows', () => {
  /** A store whose next reads of rules give them as they are now, with the counts as they are then. */
  class TornStore extends MemoryAlertsStore {
    #torn = 0;
    #old: Awaited<ReturnType<MemoryAlertsStore['all']>>['alerts'] = [];
    reads = 0;

    async tear(reads: number) {
      this.#old = (await super.all()).alerts;
      this.#torn = reads;
    }

    override async all(...asked: Parameters<MemoryAlertsStore['all']>) {
      const set = await super.all(...asked);
      if (set === asked[0]) return set;
      this.reads++;
      return this.#torn-- > 0 ? { ...set, alerts: this.#old } : set;
    }
  }

  async function openBook() {
    const room = new EvaluatorRoom();
    const store = new TornStore(undefined, room.state);
    const book = new RuleBook({ alerts: store, now: () => room.now });
    await room.make();
    const close = async (seconds = 60) => {
      room.now += seconds * 1000;
      return (await book.rules({ isFresh: true })).map(({ id }) => id);
    };
    return { room, store, book, close };
  }

  it('are read again after a read that saw a transaction in part, also twice in a moment', async () => {
    const { room, store, close } = await openBook();
    for (let minute = 0; minute < 3; minute++) await close();
    await store.tear(2);
    await room.make({ id: 'a2' });
    expect([await close(), await close(0.1)]).to.deep.equal([['a1'], ['a1']]);
    expect(await close()).to.deep.equal(['a1', 'a2']);
  });

  it('have the state that another instance wrote, though its count was seen first', async () => {
    const { room, store, book, close } = await openBook();
    for (let minute = 0; minute < 3; minute++) await close();
    await store.tear(1);
    room.now = START + 10_000;
    await room.arrive(3, 0);
    room.now = START + 10 * MINUTE;
    await close();
    expect(book.get('a1')?.state).to.deep.equal({ version: 0 });
    await close();
    expect(book.get('a1')?.state).to.include({ version: 1 });
  });

  it('are not read again while nothing changes', async () => {
    const { store, close, book, room } = await openBook();
    for (let minute = 0; minute < 10; minute++) {
      await close();
      room.now += 40_000;
      await book.rules({ isFresh: false });
    }
    expect(store.reads).to.equal(2);
  });
});
