import { compress, decompress } from '@weir/archive';
import { expect } from 'chai';
import { eraseQuarantineLines } from './erase-quarantine-lines.ts';

const ME = { userId: 'me', until: 2_000 };
const base = { reason: 'shape', shardId: 's', sequenceNumber: '1', index: 0 };

function lineOf(data: string, fields: object = {}): string {
  const detail = '/action: is missing';
  return `${JSON.stringify({ ...base, detail, arrival: 1_000, data: Buffer.from(data).toString('base64'), ...fields })}\n`;
}

const erase = (text: string) => {
  const found = eraseQuarantineLines(compress(Buffer.from(text)), ME);
  return found && { items: found.items, text: Buffer.from(decompress(found.bytes)).toString() };
};

describe('erasing a person from the quarantine', () => {
  it('takes data and detail of their lines, and leaves the others as they are', () => {
    const other = lineOf('{"userId":"you","properties":{"referrer":"me"}}');
    const found = erase(`${other}${lineOf('{"userId":"me"}')}${lineOf('{"broken":"me"')}`);
    const erased = `${JSON.stringify({ ...base, arrival: 1_000, erased: true })}\n`;
    expect(found).to.deep.equal({ items: 2, text: `${other}${erased}${erased}` });
    expect(erase(found?.text ?? '')).to.equal(undefined);
  });

  it('leaves what arrived after the request', () => {
    expect(erase(lineOf('{"userId":"me"}', { arrival: 2_000 }))).to.equal(undefined);
  });
});
