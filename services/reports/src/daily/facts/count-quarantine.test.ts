import { expect } from 'chai';
import { emptyArchive, quarantine } from '../../testing/quarantine-objects.ts';
import { countQuarantine } from './count-quarantine.ts';

const FROM = Date.UTC(2026, 0, 19, 18, 15);
const TO = FROM + 86_400_000;
const refused = (arrival: number, sequenceNumber: string, reason = 'not-json') => ({ arrival, sequenceNumber, reason });

describe('the refused events of a day', () => {
  it('are counted by reason and by their arrival, most first, then by name', async () => {
    const objects = emptyArchive();
    await quarantine(objects, { number: 0, events: [refused(FROM - 1, '1'), refused(FROM, '2')] });
    await quarantine(objects, { number: 1, events: [refused(TO - 1, '3', 'too-old'), refused(TO, '4')] });
    await quarantine(objects, {
      number: 2,
      events: [refused(FROM + 9e6, '5', 'too-old'), refused(FROM + 9e6, '6', 'b')],
    });
    expect(await countQuarantine(objects, { from: FROM, to: TO })).to.deep.equal([
      { reason: 'too-old', count: 2 },
      { reason: 'b', count: 1 },
      { reason: 'not-json', count: 1 },
    ]);
  });

  it('are each counted once, although a batch that died has written them twice', async () => {
    const objects = emptyArchive();
    const events = [refused(FROM, '1'), { ...refused(FROM, '1'), index: 1 }, refused(FROM + 1, '2')];
    await quarantine(objects, { number: 0, events });
    await quarantine(objects, { number: 1, events: [...events, refused(FROM + 2, '3')] });
    expect(await countQuarantine(objects, { from: FROM, to: TO })).to.deep.equal([{ reason: 'not-json', count: 4 }]);
  });

  it('are each counted once, although another instance has written them in other pieces', async () => {
    const objects = emptyArchive();
    const one = (sequenceNumber: string) => refused(FROM + 1, sequenceNumber);
    await quarantine(objects, { number: 0, events: [one('9'), one('10')] });
    await quarantine(objects, { number: 1, events: [one('11'), one('12'), one('13')] });
    await quarantine(objects, { number: 2, events: [one('12'), one('13'), one('14')] });
    expect(await countQuarantine(objects, { from: FROM, to: TO })).to.deep.equal([{ reason: 'not-json', count: 6 }]);
  });

  it('are none where none was refused', async () => {
    expect(await countQuarantine(emptyArchive(), { from: FROM, to: TO })).to.deep.equal([]);
  });
});
