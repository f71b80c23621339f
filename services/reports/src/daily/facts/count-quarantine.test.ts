import type { MemoryObjectStore } from '@weir/archive/memory';
import { expect } from 'chai';
import { emptyArchive, quarantine } from '../../testing/quarantine-objects.ts';
import { findQuarantine } from './find-quarantine.ts';

const FROM = Date.UTC(2026, 0, 19, 18, 15);
const TO = FROM + 86_400_000;
const DAY = { from: FROM, to: TO };
const refused = (arrival: number, sequenceNumber: string, reason = 'not-json') => ({ arrival, sequenceNumber, reason });

/** Without what an earlier run has counted. */
function count(archive: MemoryObjectStore) {
  return findQuarantine({ archive, files: emptyArchive() }, DAY);
}

describe('the refused events of a day', () => {
  it('are counted by reason and by their arrival, most first, then by name', async () => {
    const objects = emptyArchive();
    await quarantine(objects, { number: 0, events: [refused(FROM - 1, '1'), refused(FROM, '2')] });
    await quarantine(objects, { number: 1, events: [refused(TO - 1, '3', 'too-old'), refused(TO, '4')] });
    await quarantine(objects, {
      number: 2,
      events: [refused(FROM + 9e6, '5', 'too-old'), refused(FROM + 9e6, '6', 'b')],
    });
    expect(await count(objects)).to.deep.equal([
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
    expect(await count(objects)).to.deep.equal([{ reason: 'not-json', count: 4 }]);
  });

  it('are each counted once, although another instance has written them in other pieces', async () => {
    const objects = emptyArchive();
    const one = (sequenceNumber: string) => refused(FROM + 1, sequenceNumber);
    await quarantine(objects, { number: 0, events: [one('9'), one('10')] });
    await quarantine(objects, { number: 1, events: [one('11'), one('12'), one('13')] });
    await quarantine(objects, { number: 2, events: [one('12'), one('13'), one('14')] });
    expect(await count(objects)).to.deep.equal([{ reason: 'not-json', count: 6 }]);
  });

  it('are none where none was refused', async () => {
    expect(await count(emptyArchive())).to.deep.equal([]);
  });

  it('are read once: a later night reads only a day whose objects are others', async () => {
    const { archive, files, read } = watchedArchive();
    await quarantine(archive, { number: 0, events: [refused(FROM, '1'), refused(FROM, '2')] });
    expect(await findQuarantine({ archive, files }, DAY)).to.deep.equal([{ reason: 'not-json', count: 2 }]);
    expect(read.splice(0)).to.have.length(1);
    expect(await findQuarantine({ archive, files }, DAY)).to.deep.equal([{ reason: 'not-json', count: 2 }]);
    expect(read).to.deep.equal([]);
    await quarantine(archive, { number: 1, events: [refused(FROM, '3')] });
    expect(await findQuarantine({ archive, files }, DAY)).to.deep.equal([{ reason: 'not-json', count: 3 }]);
    expect(read).to.have.length(2);
    const shifted = { from: FROM + 1, to: TO + 1 };
    expect(await findQuarantine({ archive, files }, shifted), 'of another zone').to.deep.equal([]);
  });
});

function watchedArchive() {
  const archive = emptyArchive();
  const read: string[] = [];
  const { get } = archive;
  archive.get = (key) => {
    read.push(key);
    return get.call(archive, key);
  };
  return { archive, files: emptyArchive(), read };
}
