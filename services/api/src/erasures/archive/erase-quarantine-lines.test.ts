import { compress, decompress } from '@weir/archive';
import { expect } from 'chai';
import { People } from '../cohort/people.ts';
import { eraseQuarantineLines } from './erase-quarantine-lines.ts';

const me = new People([{ member: 7, userId: 'me', until: 2_000 }]);
const BASE = { reason: 'shape', shardId: 's', sequenceNumber: '1', index: 0 };

function lineOf(data: string, fields: object = {}): string {
  const detail = '/action: is missing';
  return `${JSON.stringify({ ...BASE, detail, arrival: 1_000, data: Buffer.from(data).toString('base64'), ...fields })}\n`;
}

const erase = (text: string, people = me) => {
  const found = eraseQuarantineLines(compress(Buffer.from(text)), people);
  return found && { items: [...found.items.counts], text: Buffer.from(decompress(found.bytes)).toString() };
};

describe('erasing a person from the quarantine', () => {
  it('removes data and detail from the user’s lines, and leaves the others unchanged', () => {
    const other = lineOf('{"userId":"you","properties":{"referrer":"me"}}');
    const found = erase(`${other}${lineOf('{"userId":"me"}')}${lineOf('{"broken":"me"')}`);
    const erased = `${JSON.stringify({ ...BASE, arrival: 1_000, erased: true })}\n`;
    expect(found).to.deep.equal({ items: [[7, 2]], text: `${other}${erased}${erased}` });
    expect(erase(found?.text ?? '')).to.equal(undefined);
  });

  it('counts a line of several users for the first of them, as if they were erased one after the other', () => {
    const people = new People([
      { member: 0, userId: 'late', until: 1_000 },
      { member: 1, userId: 'you', until: 2_000 },
      { member: 2, userId: 'me', until: 2_000 },
    ]);
    const both = lineOf('{"broken":"me","by":"you","and":"late"');
    const record = lineOf('[{"userId":"me"},{"userId":"you"},{"userId":"late"}]');
    const found = erase(`${both}${record}${lineOf('{"userId":"me"}')}${lineOf('{"userId":"late"}')}`, people);
    expect(found?.items).to.deep.equal([
      [1, 2],
      [2, 1],
    ]);
    expect(found?.text.match(/"erased":true/g)).to.have.length(3);
  });

  it('leaves lines that arrived after the request', () => {
    expect(erase(lineOf('{"userId":"me"}', { arrival: 2_000 }))).to.equal(undefined);
  });
});
