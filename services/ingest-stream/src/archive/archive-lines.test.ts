import type { Refusal } from '@weir/events';
import { expect } from 'chai';
import { quarantineLine } from './archive-lines.ts';

describe('quarantineLine', () => {
  it('holds no half of a surrogate pair, whatever the detail quotes, and every byte of the data', () => {
    const data = Uint8Array.of(0xed, 0xa0, 0x80);
    const detail = `Unexpected token '\ud83d', ..."\ude00 x" is not valid JSON`;
    const refusal: Refusal = {
      ...{ kind: 'refusal', sequenceNumber: '1', index: 0, arrival: 1, reason: 'not-json' },
      ...{ detail, data },
    };
    const line = quarantineLine('shardId-000000000000', refusal);
    expect(line).to.not.match(/\\ud[89a-f]/);
    const read = JSON.parse(line) as { detail: string; data: string };
    expect(read.detail).to.equal(`Unexpected token '\ufffd', ..."\ufffd x" is not valid JSON`);
    expect(Buffer.from(read.data, 'base64').equals(data)).to.equal(true);
  });
});
