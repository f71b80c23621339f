import { expect } from 'chai';
import { People } from '../cohort/people.ts';
import { eraseFailedBatch } from './erase-failed-batch.ts';

const UNTIL = 2_000_000;
const me = new People([{ member: 7, userId: 'me', until: UNTIL }]);

function recordOf(text: string, kinesis: object = {}): object {
  const data = Buffer.from(text).toString('base64');
  const common = { kinesisSchemaVersion: '1.0', sequenceNumber: '1', approximateArrivalTimestamp: 1_000.5 };
  return { kinesis: { ...common, partitionKey: 'k', data, ...kinesis }, eventID: 'shard:1' };
}

const EVENTS = {
  mine: '{"userId":"me","action":"a","timestamp":1}',
  other: '{"userId":"you","action":"a","timestamp":1}',
};

/** Both forms in which Lambda may write the whole event. */
for (const form of ['text', 'object'] as const) {
  describe(`erasing a user from a batch that Lambda gave up, with its event as ${form}`, () => {
    const write = (records: object[]) => {
      const payload = { Records: records };
      return Buffer.from(
        JSON.stringify({ version: '1.0', payload: form === 'text' ? JSON.stringify(payload) : payload }),
      );
    };
    const erase = (records: object[], people = me) => {
      const found = eraseFailedBatch(write(records), people);
      if (!found) return undefined;
      const { payload, version } = JSON.parse(Buffer.from(found.bytes).toString());
      expect(version).to.equal('1.0');
      const { Records } = form === 'text' ? JSON.parse(payload) : payload;
      return { items: [...found.items.counts], records: Records };
    };

    it('removes the data of a record with only the user’s events, and its key', () => {
      const found = erase([recordOf(EVENTS.mine, { partitionKey: 'me' }), recordOf(EVENTS.other)]);
      const erased = recordOf('', { partitionKey: 'erased', erased: true }) as { kinesis: { data?: string } };
      delete erased.kinesis.data;
      expect(found).to.deep.equal({ items: [[7, 1]], records: [erased, recordOf(EVENTS.other)] });
    });

    it('keeps other users’ events of a record so that it can be sent again', () => {
      const found = erase([recordOf(`[${EVENTS.mine},${EVENTS.other},${EVENTS.mine}]`, { partitionKey: 'me' })]);
      expect(found).to.deep.equal({
        items: [[7, 2]],
        records: [recordOf(`${EVENTS.other}\n`, { partitionKey: 'erased' })],
      });
    });

    it('removes a key that names the user from an unreadable record', () => {
      const found = erase([recordOf('\u0001', { partitionKey: 'me' })]);
      expect(found).to.deep.equal({ items: [[7, 1]], records: [recordOf('\u0001', { partitionKey: 'erased' })] });
    });

    it('erases several users at once, and counts each whose arrival is covered', () => {
      const people = new People([
        { member: 0, userId: 'you', until: UNTIL },
        { member: 1, userId: 'late', until: 1_000 },
        { member: 2, userId: 'me', until: UNTIL },
        { member: 3, userId: 'k', until: UNTIL },
      ]);
      const late = EVENTS.other.replace('you', 'late');
      const found = erase([recordOf(`[${EVENTS.mine},${late},${EVENTS.other},${EVENTS.mine}]`), recordOf('x')], people);
      expect(found?.items).to.have.deep.members([
        [0, 1],
        [2, 2],
        [3, 1],
      ]);
      const left = [recordOf(`${late}\n`, { partitionKey: 'erased' }), recordOf('x', { partitionKey: 'erased' })];
      expect(found?.records).to.deep.equal(left);
    });

    it('leaves a batch without the user, a later batch, and an erased batch', () => {
      expect(erase([recordOf(EVENTS.other)])).to.equal(undefined);
      expect(erase([recordOf(EVENTS.mine, { approximateArrivalTimestamp: 2_000 })])).to.equal(undefined);
      const once = eraseFailedBatch(write([recordOf(EVENTS.mine)]), me);
      expect(eraseFailedBatch(once?.bytes ?? new Uint8Array(), me)).to.equal(undefined);
    });
  });
}
