import { decodeRecords } from '@weir/events';
import { expect } from 'chai';
import { eventText, recordsOf } from '../testing/consumer-fixture.ts';
import { createHashEvent } from './event-hashes.ts';
import { IdWindow } from './id-window.ts';
import { IdsAhead } from './ids-ahead.ts';

describe('IdsAhead', () => {
  it('gives the hash of each event with an id, in order, and skips items without one', () => {
    const texts = Array.from({ length: 300 }, (_, i) => {
      if (i % 7 === 0) return eventText({ id: undefined });
      return i % 11 === 0 ? 'refused' : eventText({ id: `id-${i}`, action: `a${i % 3}` });
    });
    const hashEvent = createHashEvent('secret');
    const items = decodeRecords(recordsOf(texts));
    const ahead = new IdsAhead(items, new IdWindow(600), hashEvent);
    const word = new Uint32Array(2);
    for (const item of items) {
      if (item.kind === 'refusal' || item.id === undefined) continue;
      hashEvent(item.action, item.id, word);
      ahead.next();
      expect([ahead.high, ahead.low], item.id).to.deep.equal([...word]);
    }
  });
});
