import { expect } from 'chai';
import fc from 'fast-check';
import { createFrameScanner } from './frame-sizes.ts';

/** A masked frame, as a client sends it. */
function frame(payload: number): Buffer {
  const head = [0x81];
  if (payload < 126) head.push(0x80 | payload);
  else if (payload < 65_536) head.push(0x80 | 126, payload >> 8, payload & 0xff);
  else head.push(0x80 | 127, 0, 0, 0, 0, payload >>> 24, (payload >> 16) & 0xff, (payload >> 8) & 0xff, payload & 0xff);
  return Buffer.concat([Buffer.from(head), Buffer.alloc(4, 7), Buffer.alloc(payload, 0xff)]);
}

describe('the sizes of frames', () => {
  it('are found however the bytes are cut', () => {
    const sizes = fc.array(fc.oneof(fc.integer({ min: 0, max: 130 }), fc.constantFrom(65_535, 65_536, 70_000)), {
      minLength: 1,
      maxLength: 5,
    });
    fc.assert(
      fc.property(sizes, fc.integer({ min: 1, max: 90_000 }), (payloads, cut) => {
        const bytes = Buffer.concat(payloads.map(frame));
        const scan = createFrameScanner();
        let largest = 0;
        for (let at = 0; at < bytes.length; at += cut) largest = Math.max(largest, scan(bytes.subarray(at, at + cut)));
        expect(largest).to.equal(Math.max(...payloads));
      }),
      { numRuns: 100 },
    );
  });

  it('are known before the payload has come', () => {
    const bytes = frame(70_000);
    expect(createFrameScanner()(bytes.subarray(0, 14))).to.equal(70_000);
  });
});
