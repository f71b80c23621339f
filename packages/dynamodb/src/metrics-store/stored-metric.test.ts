import { expect } from 'chai';
import { countingEntry } from '../testing/counted-log.ts';
import { storedMetric } from './stored-metric.ts';

const { body } = countingEntry(7, [{ action: 'a', at: 0 }], 500);

describe('an item of the table as its stream shows it', () => {
  for (const [form, B] of [
    ['bytes', body],
    ['text in base64', Buffer.from(body).toString('base64') as unknown as Uint8Array],
  ] as const) {
    it(`is an entry of a log, with ${form}`, () => {
      const metric = storedMetric({ pk: { S: 'log#1.0' }, sk: { S: '0000000007' }, body: { B } });
      expect(metric).to.include({ kind: 'entry', logId: '1.0' });
      expect(metric).to.have.nested.property('entry.number', 7);
      expect(metric).to.have.nested.property('entry.entry.lastArrival', 500);
    });
  }

  it('is the progress', () => {
    const item = { pk: { S: 'progress' }, sk: { S: 'progress' }, closedUpTo: { N: '5' }, at: { N: '9' } };
    expect(storedMetric(item)).to.deep.equal({ kind: 'progress', progress: { closedUpTo: 5, at: 9 } });
  });

  it('is nothing else', () => {
    for (const S of ['logs', 'hour#a', 'progress#1', '']) expect(storedMetric({ pk: { S } }), S).to.equal(undefined);
  });
});
