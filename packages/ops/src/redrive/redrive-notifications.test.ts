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

type Queue = ReturnType<typeof queueOf>;

interface Dead {
  readonly deliveries?: readonly string[];
  readonly mails?: readonly string[];
  readonly announcements?: readonly string[];
  readonly feedback?: readonly string[];
}

async function redrive({ deliveries = [], mails = [], announcements = [], feedback = [] }: Dead, isFailing = false) {
  const queues = [deliveries, mails, announcements, feedback].map(queueOf) as [Queue, Queue, Queue, Queue];
  const [delivery, mail, announcement, event] = queues;
  const sent: string[] = [];
  const handed: [string, object][] = [];
  const send = (to: string) => async (body: string) => void sent.push(`${to} ${body}`);
  const run = redriveNotifications({
    deliveries: { letters: delivery.queue, send: send('webhooks') },
    mails: { letters: mail.queue, send: send('mails') },
    ...{ announcements: announcement.queue, feedback: event.queue },
    handTo: async (name, payload) => {
      if (isFailing) throw new Error('no table');
      handed.push([name, payload]);
    },
  });
  const text = await run.then(describeNotifications, (error: Error) => error.message);
  return { text, sent, handed, left: queues.flatMap(({ letters }) => letters).length };
}

describe('a redrive of notifications', () => {
  it('sends each message again, hands over each event again, and empties the queues', async () => {
    const event = { Records: [{ Sns: { Message: '{}' } }] };
    const kept = JSON.stringify({ requestContext: {}, requestPayload: event });
    const { text, sent, handed, left } = await redrive({
      ...{ deliveries: ['a', 'b', 'c'], mails: ['d'], announcements: [kept, 'nonsense'], feedback: [kept] },
    });
    expect(sent).to.deep.equal(['webhooks a', 'webhooks b', 'webhooks c', 'mails d']);
    expect([handed, left]).to.deep.equal([
      [
        ['dispatch', event],
        ['feedback', event],
      ],
      0,
    ]);
    expect(text.split('\n')).to.deep.equal([
      'Sent 3 deliveries again that may still wait.',
      'Sent 1 mail again, but alerts of the last day only.',
      'Handed over 1 announcement again.',
      'Handed over 1 event of SES again.',
      'Deleted a letter without an event: nonsense',
    ]);
  });

  it('says that there is nothing to do', async () => {
    expect((await redrive({})).text).to.equal('There are no dead letters.');
  });

  it('keeps an event that fails again', async () => {
    for (const dead of [{ announcements: ['{"requestPayload":{}}'] }, { feedback: ['{"requestPayload":{}}'] }]) {
      const { text, left } = await redrive(dead, true);
      expect([text, left]).to.deep.equal(['no table', 1]);
    }
  });
});
