import { hash64 } from '@weir/aggregates';
import { decodeRecords } from '@weir/events';
import { expect } from 'chai';
import { eventText, recordsOf } from '../testing/consumer-fixture.ts';
import { IdWindow } from './id-window.ts';
import { IdsAhead } from './ids-ahead.ts';

describe('IdsAhead', () => {
  it('gives the hash of each id in order, past items that have none', () => {
    const texts = Array.from({ length: 300 }, (_, i) => {
      if (i % 7 === 0) return eventText({ id: undefined });
      return i % 11 === 0 ? 'refused' : eventText({ id: `id-${i}` });
    });
    const items = decodeRecords(recordsOf(texts));
    const ahead = new IdsAhead(items, new IdWindow(600));
    const word = new Uint32Array(2);
    for (const item of items) {
      if (item.kind === 'refusal' || item.id === undefined) continue;
      hash64(item.id, word);
      ahead.next();
      expect([ahead.high, ahead.low], item.id).to.deep.equal([...word]);
    }
  });
});
