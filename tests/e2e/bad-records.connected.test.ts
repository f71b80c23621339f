import { MAX_EVENT_BYTES } from '@weir/events';
import { expect } from 'chai';
import { aggregateOf, badRecords, eventOfSize, eventText } from './bad-records.ts';
import { useWeir } from './shared-weir.ts';

/** A line of the quarantine. */
interface Refused {
  readonly reason: string;
  readonly detail: string;
  readonly sequenceNumber: string;
  readonly index: number;
  readonly data: string;
}

const GOOD = 'records.good';
const BAD = 'records.bad';

describe('bad records on the stream', function () {
  this.timeout(120_000);
  const weir = useWeir();

  /** The refused parts of a record, by index. */
  async function refusedOf(sequenceNumber: string | undefined): Promise<Refused[]> {
    const lines = await weir.doors.archiveLines('quarantine/');
    return lines
      .map((line) => JSON.parse(line) as Refused)
      .filter((refused) => refused.sequenceNumber === sequenceNumber)
      .sort((a, b) => a.index - b.index);
  }

  it('are quarantined with their reason, byte for byte, and their neighbours in the batch are counted', async () => {
    const records = badRecords(BAD);
    const neighbours = records.map(({ what }) => ({ data: eventText(GOOD, { id: JSON.stringify(`before ${what}`) }) }));
    const inputs = records.flatMap(({ data }, i) => [neighbours[i] ?? { data }, { data }]);
    const numbers = (await weir.doors.put(inputs)).filter((_number, i) => i % 2 === 1);
    await weir.doors.settle();
    expect(await weir.doors.count(GOOD)).to.equal(records.length);
    expect(await weir.doors.count(BAD)).to.equal(0);

    const lines = (await weir.doors.archiveLines('quarantine/')).map((line) => JSON.parse(line) as Refused);
    const byNumber = new Map(lines.map((line) => [line.sequenceNumber, line]));
    expect(byNumber.size).to.equal(lines.length);
    for (const [i, { what, data, reason, pointer }] of records.entries()) {
      const refused = byNumber.get(numbers[i] ?? '');
      expect(refused, what).to.include({ reason, index: 0 });
      expect(refused?.detail.startsWith(pointer === undefined ? '' : `${pointer}: `), refused?.detail).to.equal(true);
      expect(Buffer.from(refused?.data ?? '', 'base64').equals(data), `the bytes of ${what}`).to.equal(true);
    }
  });

  const mixed: readonly [form: string, join: (texts: readonly string[]) => string | Uint8Array][] = [
    ['an array', (texts) => `[${texts.join(',')}]`],
    ['lines', (texts) => texts.join('\n')],
    ['a KPL aggregate', aggregateOf],
  ];
  for (const [form, join] of mixed) {
    it(`are refused one event at a time inside ${form}`, async () => {
      const action = `records.${form.replaceAll(' ', '-')}`;
      const refusable = [
        eventText(action, { value: '1e999' }),
        eventOfSize(action, MAX_EVENT_BYTES + 1),
        eventText('__proto__'),
        eventText(action, { timestamp: String(Date.UTC(50_000, 0)) }),
      ];
      const texts = refusable.flatMap((text) => [eventText(action), text]).concat(eventText(action));
      const [number] = await weir.doors.put([{ data: join(texts) }]);
      await weir.doors.settle();
      expect(await weir.doors.count(action)).to.equal(5);
      const refused = await refusedOf(number);
      expect(refused.map(({ index, reason }) => [index, reason])).to.deep.equal([
        [1, 'shape'],
        [3, 'too-large'],
        [5, 'shape'],
        [7, 'timestamp-range'],
      ]);
      expect(refused.map(({ data }) => Buffer.from(data, 'base64').toString())).to.deep.equal(refusable);
    });
  }

  it('are read line by line if a line is not JSON', async () => {
    const action = 'records.broken-line';
    const broken = eventText(action, { value: 'NaN' });
    const [number] = await weir.doors.put([{ data: [eventText(action), broken, eventText(action)].join('\r\n') }]);
    await weir.doors.settle();
    expect(await weir.doors.count(action)).to.equal(2);
    const refused = await refusedOf(number);
    expect(refused).to.have.length(1);
    expect(refused[0]).to.include({ reason: 'not-json', index: 1, data: Buffer.from(broken).toString('base64') });
  });

  it('do not include odd ones that the contract allows: these are counted, and archived unchanged', async () => {
    const action = 'records.odd';
    const odd = [
      eventText(action, { userId: '"\\ud83d\\ude00"' }),
      eventText(action, { properties: '{"\\u0000":"\\\\ud800","__proto__":"p","constructor":null}' }),
      eventText(action, {
        __proto__: '',
        constructor: '{"prototype":{}}',
        deep: `${'['.repeat(500)}${']'.repeat(500)}`,
      }),
      eventText(action, { value: '1.0000000000000000000000000000001' }),
      eventOfSize(action, MAX_EVENT_BYTES),
    ];
    await weir.doors.put(odd.map((data) => ({ data })));
    await weir.doors.settle();
    expect(await weir.doors.count(action)).to.equal(odd.length);
    const lines = (await weir.doors.archiveLines('events/')).filter((line) => line.includes(`"${action}"`));
    const archived = lines.map((line) => line.slice(line.indexOf('"event":') + '"event":'.length, -1));
    expect(archived).to.have.members(odd);
    expect(lines.every((line) => line.includes('"outcome":"counted"'))).to.equal(true);
  });

  it('count an id once, wherever its copies are in a record or a batch', async () => {
    const action = 'records.duplicates';
    const twin = eventText(action, { id: '"twin"' });
    const once = { data: twin, partitionKey: 'twin' };
    await weir.doors.put([once, once, { data: `[${twin},${twin}]`, partitionKey: 'twin' }]);
    await weir.doors.put([once, { data: [twin, eventText(action, { id: '"other"' })].join('\n') }]);
    await weir.doors.settle();
    expect(await weir.doors.count(action)).to.equal(2);
  });

  it('do not stop the shard: an event after all of them is counted', async () => {
    await weir.doors.put([...badRecords(BAD), { data: eventText('records.last') }]);
    await weir.doors.settle();
    expect(await weir.doors.count('records.last')).to.equal(1);
    expect(await weir.doors.count(BAD)).to.equal(0);
  });
});
