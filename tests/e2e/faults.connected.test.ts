import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import { expectExact, Ledger, makeEvents, type TestEvent } from './ledger.ts';
import { useWeir } from './shared-weir.ts';

const KINDS = ['drop-after', 'throttle', 'drop-before', 'error'] as const;

/** The first call loses its answer. Later calls often fail in one of all the ways. */
function rulesFor(service: string, action: string) {
  const match = { service, action };
  return [
    { match, kind: 'drop-after', times: 1 },
    ...KINDS.map((kind) => ({ match, kind, probability: 0.12, times: 8 })),
  ];
}

/** The calls that counting needs. Some calls of each kind fail. */
const FAULTY = [
  ['kinesis', 'PutRecords'],
  ['dynamodb', 'PutItem'],
  ['dynamodb', 'Query'],
  ['dynamodb', 'BatchExecuteStatement'],
  ['s3', 'PutObject'],
] as const;

function parts<T>(list: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(list.length / size) }, (_unused, i) => list.slice(i * size, (i + 1) * size));
}

describe('faults of AWS while events come over HTTP and on Kinesis', function () {
  this.timeout(180_000);
  const weir = useWeir();
  let refusals = 0;

  beforeEach(() => weir.doors.control('DELETE', 'usage'));
  afterEach(() => weir.doors.control('DELETE', 'faults'));

  /** Sends again until the events are accepted, as a careful producer does. */
  async function untilIn(attempt: () => Promise<boolean>): Promise<void> {
    for (let pause = 20; !(await attempt().catch(() => false)); pause = Math.min(pause * 2, 500)) {
      refusals += 1;
      await sleep(pause);
    }
  }

  const overHttp = (events: readonly TestEvent[]) =>
    untilIn(async () => {
      const { status, body } = await weir.doors.post(JSON.stringify({ events }));
      if (status === 202) expect(body.accepted).to.equal(events.length);
      else expect(body).to.include({ type: 'urn:weir:problem:unavailable' });
      return status === 202;
    });

  const byKinesis = (events: readonly TestEvent[]) =>
    untilIn(async () => {
      const records = events.map((event) => ({ data: JSON.stringify(event), partitionKey: event.id }));
      return (await weir.doors.tryPut(records)).every((number) => number !== undefined);
    });

  /** Sends records of many events, enough for the log to be folded into rows meanwhile. */
  const inLargeRecords = async (events: readonly TestEvent[]) => {
    for (const call of parts(parts(events, 500), 8)) {
      const records = call.map((part) => ({ data: JSON.stringify(part), partitionKey: part[0]?.id }));
      await untilIn(async () => (await weir.doors.tryPut(records)).every((number) => number !== undefined));
    }
  };

  const usage = async (): Promise<Record<string, { calls: number; errors: number }>> =>
    (await weir.doors.control('GET', 'usage')).actions;

  /** Whether a fold has written rows in spite of all faults, and moved the log's watermark after that. */
  const hasFolded = async (): Promise<boolean> => {
    const { 'dynamodb:BatchExecuteStatement': rows, 'dynamodb:UpdateItem': watermark } = await usage();
    // Other functions update items too: that alone tells nothing of a fold.
    return watermark !== undefined && rows !== undefined && rows.calls > rows.errors;
  };

  /** Sends more events until a fold is due and has succeeded. */
  const untilFolded = async (ledger: Ledger) => {
    for (let next = ledger.size; !(await hasFolded()); next += 2_000) {
      const more = makeEvents({ name: 'faults', from: next, count: 2_000 });
      ledger.add(more);
      await inLargeRecords(more);
      await sleep(500);
    }
  };

  it('lose nothing and count nothing twice', async () => {
    const http = makeEvents({ name: 'faults', count: 300 });
    const kinesis = makeEvents({ name: 'faults', from: 300, count: 300 });
    const large = makeEvents({ name: 'faults', from: 600, count: 36_000 });
    const ledger = new Ledger();
    ledger.add([...http, ...kinesis, ...large]);
    await weir.doors.control(
      'POST',
      'faults',
      FAULTY.flatMap(([service, action]) => rulesFor(service, action)),
    );

    const flow = async (events: readonly TestEvent[], send: typeof overHttp, again: typeof overHttp) => {
      for (const [i, part] of parts(events, 20).entries()) {
        await send(part);
        if (i % 3 === 1) await again(part);
        if (i % 3 === 2) await send(part);
      }
    };
    await Promise.all([flow(http, overHttp, byKinesis), flow(kinesis, byKinesis, overHttp), inLargeRecords(large)]);
    await inLargeRecords(large.slice(-4_000));
    await untilFolded(ledger);
    await weir.doors.control('DELETE', 'faults');
    await weir.doors.settle();

    await expectExact(weir.doors, ledger);
    expect(refusals).to.be.greaterThan(0);
    const actions = await usage();
    for (const [service, action] of FAULTY) {
      const { calls = 0, errors = 0 } = actions[`${service}:${action}`] ?? {};
      expect(errors, `failed calls of ${service} ${action}`).to.be.within(1, calls - 1);
    }
  });

  it('of the stream give a 503 while they last: nothing is promised, and events sent again count once', async () => {
    const ledger = new Ledger();
    const events = makeEvents({ name: 'faults-all', count: 40 });
    ledger.add(events);
    const match = { service: 'kinesis', action: 'PutRecords' };
    await weir.doors.control('POST', 'faults', { match, kind: 'drop-after' });
    const { status, contentType, body } = await weir.doors.post(JSON.stringify({ events }));
    expect({ status, contentType }).to.deep.equal({ status: 503, contentType: 'application/problem+json' });
    expect(body).to.include({ type: 'urn:weir:problem:unavailable' });
    await weir.doors.control('DELETE', 'faults');
    await overHttp(events);
    await weir.doors.settle();
    await expectExact(weir.doors, ledger);
  });

  it('of the table never give readers a wrong answer: GET /v1/metrics is exact or unavailable', async () => {
    const ledger = new Ledger();
    const events = makeEvents({ name: 'faults-read', count: 40 });
    ledger.add(events);
    await byKinesis(events);
    await weir.doors.settle();
    const expected = ledger.expected('faults-read.0', 'hour').total.count;
    for (const kind of KINDS) {
      await weir.doors.control('POST', 'faults', {
        match: { service: 'dynamodb' },
        kind,
        probability: 0.15,
        times: 30,
      });
    }
    const statuses = new Set<number>();
    for (let i = 0; i < 6; i++) {
      const { status, contentType, body } = await weir.doors.call('/metrics/faults-read.0');
      statuses.add(status);
      if (status === 200) expect(body.total.count).to.equal(expected);
      else expect({ status, contentType }).to.deep.equal({ status: 503, contentType: 'application/problem+json' });
    }
    await weir.doors.control('DELETE', 'faults');
    await expectExact(weir.doors, ledger);
    expect([...statuses].every((status) => status === 200 || status === 503)).to.equal(true);
  });
});
