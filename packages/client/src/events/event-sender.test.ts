import { expect } from 'chai';
import fc from 'fast-check';
import { ProblemError } from '../calls/call-errors.ts';
import { sendRequest } from '../calls/send-request.ts';
import { answer, FakeApi, type Fate, problem, type Sent } from '../testing/fake-api.ts';
import { BufferFullError, InvalidEventError, SenderClosedError } from './event-errors.ts';
import { EventSender, type SenderOptions } from './event-sender.ts';
import type { ClientEvent, GivenUp } from './types.ts';

const EVENT: ClientEvent = { userId: 'u', action: 'a' };
const accepted = () => answer(202, { accepted: 1, rejected: [] });
const offline = new TypeError('fetch failed');

function open(fate: (sent: Sent, index: number) => Fate = accepted, more: Partial<SenderOptions> = {}) {
  const api = new FakeApi(fate);
  const givenUp: GivenUp[] = [];
  const { deps } = api;
  const sender = new EventSender(
    { request: (request, options) => sendRequest(deps, request, options), newId: deps.newId, now: deps.now },
    { onGivenUp: (some) => givenUp.push(some), lingerMs: 1, ...more },
  );
  return { api, sender, givenUp };
}

const idsOf = ({ body }: Sent) => (body as { events: { id: string }[] }).events.map(({ id }) => id);

/** A page of a browser; `hide` hides it. */
function usePage(): { hide: () => void } {
  const listeners = new Set<() => void>();
  const page = {
    visibilityState: 'visible',
    addEventListener: (_: string, listener: () => void) => listeners.add(listener),
    removeEventListener: (_: string, listener: () => void) => listeners.delete(listener),
  };
  before(() => Object.assign(globalThis, { document: page }));
  after(() => Reflect.deleteProperty(globalThis, 'document'));
  beforeEach(() => Object.assign(page, { visibilityState: 'visible' }));
  return {
    hide: () => {
      page.visibilityState = 'hidden';
      for (const listener of listeners) listener();
    },
  };
}

describe('the sender', () => {
  it('sends events together, each under an id, and without an Idempotency-Key', async () => {
    const { api, sender } = open();
    await Promise.all([sender.send(EVENT), sender.send({ ...EVENT, id: 'mine' })]);
    await sender.flush();
    expect(api.sent.map(idsOf)).to.deep.equal([['id-0', 'mine']]);
    expect(api.sent[0]).to.include({ url: 'https://weir.example/v1/events', keepalive: false });
    expect(api.sent[0]?.headers.has('idempotency-key')).to.equal(false);
  });

  it('sends what lingers without being asked, and a full page at once', async () => {
    const { api, sender } = open(accepted, { lingerMs: 5 });
    await sender.send(EVENT);
    for (let i = 0; i < 100 && api.sent.length === 0; i++) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(api.sent).to.have.length(1);
    for (let i = 0; i < 500; i++) await sender.send(EVENT);
    expect(api.sent).to.have.length(2);
  });

  it('sends the same ids again, and each counts once', async () => {
    const { api, sender, givenUp } = open((_, index) => (index === 0 ? offline : accepted()));
    await sender.send(EVENT);
    await sender.flush();
    expect(api.sent.map(idsOf)).to.deep.equal([['id-0'], ['id-0']]);
    expect(givenUp).to.deep.equal([]);
  });

  it('gives up the events that the API refused, each with its fault', async () => {
    const fault = { pointer: '/events/1/timestamp', reason: 'timestamp-range', detail: 'is before 2000' };
    const rejected = [{ index: 1, ...fault, errors: [fault] }];
    const { sender, givenUp } = open(() => answer(202, { accepted: 1, rejected }));
    for (const id of ['a', 'b']) await sender.send({ ...EVENT, id });
    await sender.flush();
    expect(givenUp.map(({ events }) => events.map(({ id }) => id))).to.deep.equal([['b']]);
    expect(givenUp[0]?.error).to.be.instanceOf(InvalidEventError);
    expect(givenUp[0]?.error).to.include({ pointer: '/timestamp', reason: 'timestamp-range' });
    expect(givenUp[0]?.error.message).to.equal('the event at /timestamp is before 2000');
  });

  it('gives up each event of a page of which none was accepted', async () => {
    const errors = [
      { pointer: '/events/0/action', reason: 'shape', detail: 'is missing' },
      { pointer: '/events/0/userId', reason: 'shape', detail: 'is missing' },
      { pointer: '/events/1', reason: 'too-large', detail: 'is too large' },
    ];
    const { sender, givenUp } = open(() => problem(400, 'no-valid-event', { errors }));
    for (const id of ['a', 'b', 'c']) await sender.send({ ...EVENT, id });
    await sender.flush();
    const told = givenUp.map(({ events, error }) => [events[0]?.id, (error as InvalidEventError).pointer]);
    expect(told).to.deep.equal([
      ['a', '/action'],
      ['b', ''],
      ['c', undefined],
    ]);
    expect(givenUp[2]?.error).to.be.instanceOf(ProblemError);
  });

  it('gives up a page as a whole if the key is refused, or nobody answers', async () => {
    for (const fate of [() => problem(403, 'forbidden'), () => offline]) {
      const { sender, givenUp } = open(fate);
      for (const id of ['a', 'b']) await sender.send({ ...EVENT, id });
      await sender.flush();
      expect(givenUp).to.have.length(1);
      expect(givenUp[0]?.events.map(({ id }) => id)).to.deep.equal(['a', 'b']);
    }
  });

  it('waits for room while the buffer is full, and refuses when too many wait', async () => {
    let release = () => {};
    const gate = new Promise<void>((resolve) => {
      release = resolve;
    });
    const { api, sender } = open(() => gate.then(accepted), { maxBufferedBytes: 100, maxWaiting: 1 });
    await sender.send(EVENT);
    const waiting = sender.send(EVENT);
    const refused = await sender.send(EVENT).catch((error: unknown) => error);
    expect(refused).to.be.instanceOf(BufferFullError);
    release();
    await waiting;
    await sender.flush();
    expect(api.sent.flatMap(idsOf)).to.deep.equal(['id-0', 'id-1']);
  });

  it('takes nothing after it was closed, but sends what it has', async () => {
    const { api, sender } = open(accepted, { lingerMs: 60_000 });
    await sender.send(EVENT);
    await sender.close();
    expect(api.sent).to.have.length(1);
    expect(await sender.send(EVENT).catch((error: unknown) => error)).to.be.instanceOf(SenderClosedError);
  });

  it('refuses to try for longer than Weir knows a copy', () => {
    expect(() => open(accepted, { timeoutMs: 3_600_000 })).to.throw(RangeError, 'timeoutMs must be at most');
  });

  it('delivers each event or gives it up, whatever fails, within its memory', async () => {
    const fate = fc.constantFrom<() => Fate>(
      accepted,
      accepted,
      () => offline,
      () => problem(503, 'unavailable'),
      () => problem(403, 'forbidden'),
    );
    const sizes = fc.array(fc.nat(30_000), { minLength: 1, maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(fc.array(fate, { maxLength: 6 }), sizes, async (fates, notes) => {
        const taken = new Set<string>();
        const { sender, givenUp } = open(
          (sent, index) => {
            const found = (fates[index] ?? accepted)();
            if (found instanceof Response && found.ok) for (const id of idsOf(sent)) taken.add(id);
            return found;
          },
          { maxBufferedBytes: 100_000 },
        );
        for (const size of notes) await sender.send({ ...EVENT, properties: { note: 'x'.repeat(size) } });
        await sender.close();
        const all = [...taken, ...givenUp.flatMap(({ events }) => events.map(({ id }) => id))];
        expect(all.toSorted()).to.deep.equal(notes.map((_, index) => `id-${index}`).toSorted());
      }),
      { numRuns: 50 },
    );
  });

  describe('in a page that is hidden', () => {
    const page = usePage();

    it('sends what is buffered in a way that goes on when the page is gone', async () => {
      const { api, sender } = open(accepted, { lingerMs: 60_000 });
      await sender.send(EVENT);
      page.hide();
      expect(api.sent.map(({ keepalive }) => keepalive)).to.deep.equal([true]);
      await sender.close();
    });

    it('sends what has no answer yet once more, under the same ids', async () => {
      const { api, sender, givenUp } = open(async () => accepted());
      await sender.send(EVENT);
      const flushed = sender.flush();
      page.hide();
      await flushed;
      expect(api.sent.map(({ keepalive }) => keepalive)).to.deep.equal([false, true]);
      expect(api.sent.map(idsOf)).to.deep.equal([['id-0'], ['id-0']]);
      expect(givenUp).to.deep.equal([]);
      await sender.close();
    });

    it('lets no more go on than browsers do, and sends the rest in the usual way', async () => {
      const { api, sender } = open(accepted, { lingerMs: 60_000 });
      for (let i = 0; i < 3; i++) await sender.send({ ...EVENT, properties: { note: 'x'.repeat(19_000) } });
      page.hide();
      await sender.send({ ...EVENT, properties: { note: 'x'.repeat(19_000) } });
      page.hide();
      expect(api.sent.map(({ keepalive }) => keepalive)).to.deep.equal([true, false]);
      await sender.close();
    });

    it('is left alone by a sender that is closed', async () => {
      const { api, sender } = open();
      await sender.close();
      page.hide();
      expect(api.sent).to.deep.equal([]);
    });
  });
});
