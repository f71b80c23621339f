import { expect } from 'chai';
import type { QueueMessage, QueuePort } from '../queue-port.ts';

/** A queue to hold against the contract. */
export interface ContractQueue {
  readonly port: QueuePort;
  send(number: number, options?: { readonly groupId?: string; readonly delaySeconds?: number }): Promise<void>;
  /** What is in the dead-letter queue. */
  deadLetters(): Promise<readonly number[]>;
}

/** How queues are made, and how time passes for them. */
export interface QueueMaker {
  /** A queue with a visibility time-out of 2 s and, where that is given, a dead-letter queue. */
  create(options: { readonly isFifo: boolean; readonly maxReceiveCount?: number }): Promise<ContractQueue>;
  numberOf(message: QueueMessage): number;
  pass(seconds: number): Promise<void>;
}

/** What a source relies on, as SQS documents it. Each of the two kinds of queues is tested with a few seconds of time. */
export function queueContract({ create, numberOf, pass }: QueueMaker): void {
  const numbersOf = (messages: readonly QueueMessage[]) => messages.map(numberOf);
  const received = async ({ port }: ContractQueue, max = 10) => numbersOf(await port.receive(max));

  it('hides a message until its visibility time-out has passed, and then hands it over again', async () => {
    const queue = await create({ isFifo: false });
    await queue.send(1);
    expect(await received(queue)).to.deep.equal([1]);
    expect(await received(queue)).to.deep.equal([]);
    await pass(2.1);
    expect(await received(queue)).to.deep.equal([1]);
  });

  it('hides a message for longer, or not at all, by the change of its visibility', async () => {
    const queue = await create({ isFifo: false });
    for (const number of [1, 2]) await queue.send(number);
    const messages = await queue.port.receive(10);
    const [first, second] = [1, 2].map((number) => messages.filter((message) => numberOf(message) === number));
    await queue.port.hide(first ?? [], 5);
    await queue.port.hide(second ?? [], 0);
    expect(await received(queue)).to.deep.equal([2]);
    await pass(2.1);
    expect(await received(queue)).to.deep.equal([2]);
    await pass(3);
    expect((await received(queue)).toSorted()).to.deep.equal([1, 2]);
  });

  it('forgets what is deleted, at once', async () => {
    const queue = await create({ isFifo: false });
    for (let number = 1; number <= 12; number += 1) await queue.send(number);
    const messages = [...(await queue.port.receive(10)), ...(await queue.port.receive(10))];
    await queue.port.delete(messages);
    await pass(2.1);
    expect(messages).to.have.length(12);
    expect(await received(queue)).to.deep.equal([]);
  });

  it('hands a message over after its delay', async () => {
    const queue = await create({ isFifo: false });
    await queue.send(1, { delaySeconds: 1 });
    expect(await received(queue)).to.deep.equal([]);
    await pass(1.1);
    expect(await received(queue)).to.deep.equal([1]);
  });

  it('takes a message to the dead letters after maxReceiveCount attempts', async () => {
    const queue = await create({ isFifo: false, maxReceiveCount: 2 });
    await queue.send(1);
    for (const expected of [[1], [1], []]) {
      const messages = await queue.port.receive(10);
      expect(numbersOf(messages)).to.deep.equal(expected);
      await queue.port.hide(messages, 0);
    }
    expect(await queue.deadLetters()).to.deep.equal([1]);
  });

  it('hands over several messages of a group, in order, and no more of it until they are done', async () => {
    const queue = await create({ isFifo: true });
    for (const number of [1, 2, 3, 4]) await queue.send(number, { groupId: 'a' });
    await queue.send(11, { groupId: 'b' });
    const first = await queue.port.receive(3);
    expect(numbersOf(first)).to.deep.equal([1, 2, 3]);
    expect(await received(queue)).to.deep.equal([11]);
    await queue.port.delete(first.slice(0, 2));
    expect(await received(queue)).to.deep.equal([]);
    await queue.port.delete(first.slice(2));
    expect(await received(queue)).to.deep.equal([4]);
  });

  it('keeps the order of a group when its messages come back', async () => {
    const queue = await create({ isFifo: true });
    for (const number of [1, 2, 3, 4]) await queue.send(number, { groupId: 'a' });
    const first = await queue.port.receive(3);
    await queue.port.hide(first.slice(1), 0);
    expect(await received(queue)).to.deep.equal([]);
    await queue.port.hide(first.slice(0, 1), 0);
    expect(await received(queue)).to.deep.equal([1, 2, 3, 4]);
    await pass(2.1);
    expect(await received(queue)).to.deep.equal([1, 2, 3, 4]);
  });

  it('goes on with a group when its first message is a dead letter', async () => {
    const queue = await create({ isFifo: true, maxReceiveCount: 1 });
    await queue.send(1, { groupId: 'a' });
    const [poison] = await queue.port.receive(1);
    await queue.send(2, { groupId: 'a' });
    await queue.port.hide(poison === undefined ? [] : [poison], 0);
    expect(await received(queue)).to.deep.equal([2]);
    expect(await queue.deadLetters()).to.deep.equal([1]);
  });
}
