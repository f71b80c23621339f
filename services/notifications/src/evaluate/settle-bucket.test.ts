import { expect } from 'chai';
import { EvaluatorRoom, MINUTE, START } from '../testing/evaluator-room.ts';

describe('a rule that fires', () => {
  let room: EvaluatorRoom;
  beforeEach(() => {
    room = new EvaluatorRoom();
  });
  const arriveIn = async (minute: number, count: number) => {
    room.now = START + minute * MINUTE + 10_000;
    await room.arrive(count, minute);
  };

  it('recovers in between if every second bucket is true, and each is told', async () => {
    await room.make();
    for (let minute = 0; minute < 7; minute++) {
      await arriveIn(minute, minute % 2 === 0 ? 3 : 1);
      await room.close(minute);
    }
    const before = ['told 0 until 1', 'told 2 until 3'];
    expect(room.story()).to.deep.equal([...before, 'told 4', 'untold 6']);
    await room.close(7);
    await room.close(9);
    expect(room.story()).to.deep.equal([...before, 'told 4 until 5', 'told 6 until 7']);
    expect(room.rule().state.episode).to.equal(undefined);
  });

  it('is not ended by a bucket that has fired, whatever another evaluator has read of it', async () => {
    await room.make();
    for (const minute of [0, 1, 2]) await arriveIn(minute, 3);
    const other = new EvaluatorRoom();
    for (const [id, alert] of room.state.alerts) other.state.alerts.set(id, alert);
    for (const [id, firing] of room.state.firings) other.state.firings.set(id, firing);
    await other.close(3);
    expect(other.story()).to.deep.equal(['told 0', 'untold 1', 'untold 2']);
  });

  it('is told again of another series, and of the same one after a pause', async () => {
    await room.make();
    await arriveIn(0, 3);
    await room.change({ action: 'blog', since: START + MINUTE });
    room.now = START + 70_000;
    await room.close(1);
    await room.arrive(3, 1, { action: 'blog' });
    expect(room.story()).to.deep.equal(['told 0', 'told 1']);
    await room.change({ since: START + 10 * MINUTE });
    room.now = START + 10 * MINUTE;
    await room.close(9);
    await room.arrive(3, 10, { action: 'blog' });
    expect(room.story()).to.deep.equal(['told 0', 'told 1', 'told 10']);
  });

  it('does not recover by another series', async () => {
    await room.make();
    await arriveIn(0, 3);
    await room.change({ action: 'blog', since: START + MINUTE });
    await room.close(4);
    expect(room.story()).to.deep.equal(['told 0']);
  });

  it('is not compared with a bucket that may still grow, by a shard that has no log yet', async () => {
    await room.make({ relative: { to: 'previous', percent: 0, minCount: 0 } });
    await room.close(1);
    await room.arrive(1, 0);
    await arriveIn(3, 1);
    await room.arrive(2, 1);
    expect(room.story()).to.deep.equal([]);
    await room.close(2);
    await room.arrive(1, 1);
    expect(room.story()).to.deep.equal(['told 1']);
    expect(room.firing(1)).to.deep.include({ baseline: 1, asOf: START + 2 * MINUTE });
    expect(room.firing(1)?.bucket).to.include({ closed: false });
  });

  it('knows what is closed although the progress goes to another evaluator', async () => {
    await room.make({ relative: { to: 'previous', percent: 0, minCount: 0 } });
    await room.arrive(1, 0);
    await room.close(2);
    room.restart();
    await room.arrive(2, 1);
    expect(room.story()).to.deep.equal(['told 1']);
  });

  it('recovers by an open bucket although another evaluator had fired it when the entries came', async () => {
    await room.make({ comparison: 'below' });
    await room.arrive(1, 0);
    room.now = START + 2 * MINUTE;
    await room.arrive(1, 1);
    const first = room.restart();
    await room.close(2);
    room.restart(first);
    await arriveIn(2, 2);
    expect(room.story()).to.deep.equal(['told 0']);
    await room.close(3);
    expect(room.story()).to.deep.equal(['told 0 until 2', 'untold 1']);
    expect(room.firing(0)?.recovery?.bucket).to.include({ closed: false });
  });

  it('is judged from its first bucket on, though it waits less long than it did at first', async () => {
    await room.make({ comparison: 'silent', lateSeconds: 600 });
    await room.close(1);
    await room.close(8);
    await room.change({ lateSeconds: 0 });
    await room.close(9);
    expect(room.story()).to.have.length(9);
    expect(room.story()[0]).to.equal('told 0');
  });

  it('is not ended by the bucket that fired if the rule has changed since', async () => {
    await room.make({ comparison: 'below' });
    await room.arrive(1, 0);
    await room.close(2);
    await room.change({ threshold: 1 });
    await room.close(2);
    expect(room.story()).to.deep.equal(['told 0']);
  });

  it('is judged at its close as it is by then, and not before', async () => {
    await room.make({ comparison: 'silent' });
    await room.close(1);
    const { fire } = room.alerts;
    room.alerts.fire = async (...args) => {
      room.alerts.fire = fire;
      await room.change({ lateSeconds: 300 });
      return fire.apply(room.alerts, args);
    };
    await room.close(2);
    expect(room.story()).to.deep.equal([]);
    await room.arrive(1, 0);
    await room.close(6);
    expect(room.story()).to.deep.equal([]);
    await room.close(7);
    expect(room.story()).to.deep.equal(['told 1']);
  });

  it('is judged at its close by what a caller has just made of it', async () => {
    await room.make({ comparison: 'below', threshold: 1 });
    await room.arrive(1, 0);
    room.now = START + 2 * MINUTE;
    await room.close(1);
    await room.change({ threshold: 2 });
    await room.close(2);
    expect(room.story()).to.deep.equal(['told 0']);
  });

  it('says that it is late if late events made a closed bucket true', async () => {
    await room.make({ lateSeconds: 0 });
    await room.arrive(3, 0);
    await room.arrive(2, 1);
    await room.close(2);
    await room.arrive(1, 1);
    expect([0, 1].map((minute) => room.firing(minute)?.late)).to.deep.equal([false, true]);
    // Its events were not late: the progress was.
    await room.evaluate([await room.append(3, 2)], START + 3 * MINUTE);
    expect(room.firing(2)).to.include({ late: false });
  });

  it('that late events had fire ends at once if a later bucket has closed for which it is false', async () => {
    await room.make();
    await arriveIn(1, 2);
    await room.close(4);
    await room.arrive(1, 1);
    expect(room.story()).to.deep.equal(['told 1 until 2']);
    await arriveIn(4, 3);
    await room.arrive(3, 2);
    expect(room.story()).to.deep.equal(['told 1 until 2', 'untold 2', 'told 4']);
  });

  it('that late events had fire ends at once though another evaluator has just judged the later bucket', async () => {
    await room.make();
    await room.close(2);
    const closing = room.restart();
    await arriveIn(2, 1);
    const late = room.restart(closing);
    await room.close(3);
    room.restart(late);
    await room.arrive(3, 0);
    expect(room.story()).to.deep.equal(['told 0 until 1']);
  });

  it('is judged as it is now within a minute, by the entries that came before it was known', async () => {
    await room.make({ interval: 'hour', threshold: 5 });
    await room.close(1);
    await room.change({ threshold: 2 });
    await room.arrive(3, 1);
    expect(room.story()).to.deep.equal([]);
    await room.close(2);
    expect(room.story()).to.deep.equal(['told 0']);
  });

  it('is compared with a bucket as soon as that has closed', async () => {
    await room.make({ relative: { to: 'previous', percent: 0, minCount: 0 } });
    await room.arrive(1, 0);
    await arriveIn(1, 2);
    expect(room.story()).to.deep.equal([]);
    await room.close(2);
    expect(room.story()).to.deep.equal(['told 1']);
    expect(room.firing(1)?.bucket).to.include({ closed: false });
  });
});
