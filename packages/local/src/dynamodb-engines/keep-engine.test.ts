import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import type { DynamoDbEngine } from './dynamodb-engine.ts';
import { type KeptEngine, keepEngine } from './keep-engine.ts';

/** An engine that is no program: a test ends it. */
interface FakeEngine extends DynamoDbEngine {
  readonly isClosed: () => boolean;
  die(words: string): void;
}

function fakeEngine(port: number): FakeEngine {
  const { promise: ended, resolve: die } = Promise.withResolvers<string>();
  let closed = false;
  const close = async () => {
    closed = true;
    die('');
  };
  return { host: '127.0.0.1', port, pid: port, dialect: {}, ended, die, close, isClosed: () => closed };
}

describe('an engine that is kept', () => {
  let engines: FakeEngine[];
  let told: string[];
  let startError: Error | undefined;
  beforeEach(() => {
    engines = [];
    told = [];
    startError = undefined;
  });

  function keep(hasState: boolean): Promise<KeptEngine> {
    const start = async () => {
      if (startError !== undefined) throw startError;
      const engine = fakeEngine(8000 + engines.length);
      engines.push(engine);
      return engine;
    };
    return keepEngine({ start, hasState, tell: (sentence) => told.push(sentence) });
  }
  /** The sentence, or nothing as long as the tables are there. */
  const lossOf = ({ lost }: KeptEngine) => Promise.race([lost, sleep(10)]);

  it('is started again once if its tables are on disk, and the same object leads to it', async () => {
    const kept = await keep(true);
    const { engine } = kept;
    engines[0]?.die('SIGKILL');
    expect(await lossOf(kept)).to.equal(undefined);
    expect([engine.port, engine.pid]).to.deep.equal([8001, 8001]);
    expect(told).to.deep.equal(['The program of the tables ended (SIGKILL), and is started again']);
    expect(engines[0]?.isClosed()).to.equal(true);
  });

  it('is lost when it ends a second time', async () => {
    const kept = await keep(true);
    engines[0]?.die('');
    await sleep(10);
    engines[1]?.die('status 1: no room');
    expect(await lossOf(kept)).to.equal('The program of the tables ended for the second time (status 1: no room)');
    expect(engines).to.have.length(2);
  });

  it('is lost with its tables if they were in memory', async () => {
    const kept = await keep(false);
    engines[0]?.die('SIGKILL');
    expect(await lossOf(kept)).to.equal('The program of the tables ended (SIGKILL), and its tables were in memory');
    expect([engines.length, told]).to.deep.equal([1, []]);
  });

  it('is lost if it cannot be started again', async () => {
    const kept = await keep(true);
    startError = new Error('no more ports');
    engines[0]?.die('');
    expect(await lossOf(kept)).to.equal(
      'The program of the tables ended, and could not be started again: no more ports',
    );
  });

  it('stays ended when it is told to end, also while it is started again', async () => {
    const kept = await keep(true);
    await kept.engine.close();
    expect(await lossOf(kept)).to.equal(undefined);
    expect(engines).to.have.length(1);
    const other = await keep(true);
    engines[1]?.die('');
    await other.engine.close();
    await sleep(10);
    expect(engines.every((engine) => engine.isClosed())).to.equal(true);
    expect(await lossOf(other)).to.equal(undefined);
  });
});
