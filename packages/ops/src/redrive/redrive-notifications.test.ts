import { expect } from 'chai';
import type { DeadLetter, DeadLetters } from './dead-letters.ts';
import { describeNotifications, redriveNotifications } from './redrive-notifications.ts';

function queueOf(bodies: readonly string[]) {
  const letters: DeadLetter[] = bodies.map((body, i) => ({ body, receiptHandle: String(i) }));
  const queue: DeadLetters = {
    receive: async () => letters.slice(0, 2),
    delete: async (letter) => void letters.splice(letters.indexOf(letter), 1),
  };
  return { queue, letters };
}

async function redrive(deliveries: readonly string[], announcements: readonly string[], isFailing = false) {
  const [delivery, announcement] = [queueOf(deliveries), queueOf(announcements)];
  const sent: string[] = [];
  const dispatched: object[] = [];
  const run = redriveNotifications({
    deliveries: delivery.queue,
    announcements: announcement.queue,
    send: async (body) => void sent.push(body),
    dispatch: async (event) => {
      if (isFailing) throw new Error('no table');
      dispatched.push(event);
    },
  });
  const text = await run.then(describeNotifications, (error: Error) => error.message);
  return { text, sent, dispatched, left: [...delivery.letters, ...announcement.letters].length };
}

describe('a redrive of notifications', () => {
  it('sends each delivery again, hands over each announcement again, and empties both queues', async () => {
    const event = { Records: [{ Sns: { Message: '{}' } }] };
    const kept = JSON.stringify({ requestContext: {}, requestPayload: event });
    const { text, sent, dispatched, left } = await redrive(['a', 'b', 'c'], [kept, 'nonsense']);
    expect([sent, dispatched, left]).to.deep.equal([['a', 'b', 'c'], [event], 0]);
    expect(text.split('\n')).to.deep.equal([
      'Sent 3 deliveries again that may still wait.',
      'Handed over 1 announcement again.',
      'Deleted a letter without an event: nonsense',
    ]);
  });

  it('says that there is nothing to do', async () => {
    expect((await redrive([], [])).text).to.equal('There are no dead letters.');
  });

  it('keeps an announcement that fails again', async () => {
    const { text, left } = await redrive([], ['{"requestPayload":{}}'], true);
    expect([text, left]).to.deep.equal(['no table', 1]);
  });
});
