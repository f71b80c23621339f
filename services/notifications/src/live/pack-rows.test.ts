import { expect } from 'chai';
import fc from 'fast-check';
import { liveRow } from './live-row.ts';
import { MAX_FRAME_BYTES, rowsFrame, snapshotFrames } from './pack-rows.ts';

const rows = fc.array(
  fc.record({ action: fc.string({ minLength: 1, maxLength: 128 }), count: fc.integer({ min: 1 }) }).map((made) => {
    return liveRow(made.action, 1_764_000_000_000, { count: made.count, sum: 7, users: null, p95: null });
  }),
  { maxLength: 600, size: 'max' },
);

describe('the frames of a snapshot', () => {
  it('hold all rows once, in order, each frame below 32 KB', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 64 }), rows, (id, all) => {
        const frames = snapshotFrames(id, all);
        expect(frames.flatMap((frame) => frame.rows)).to.deep.equal(all);
        for (const frame of frames) expect(Buffer.byteLength(JSON.stringify(frame))).to.be.at.most(MAX_FRAME_BYTES);
      }),
      { numRuns: 30 },
    );
  });

  it('are as few as can be', () => {
    const row = liveRow('a', 0, { count: 1, sum: 1, users: 1, p95: 1 });
    expect(
      snapshotFrames(
        's',
        Array.from({ length: 200 }, () => row),
      ),
    ).to.have.length(1);
  });

  it('end with one that says so, also without any row', () => {
    expect(snapshotFrames('s', [])).to.deep.equal([{ type: 'snapshot', id: 's', rows: [], last: true }]);
    const row = liveRow('a', 0, { count: 1, sum: 1, users: 1, p95: 1 });
    const frames = snapshotFrames(
      's',
      Array.from({ length: 1_000 }, () => row),
    );
    expect(frames.map(({ last }) => last === true)).to.deep.equal(frames.map((_, at) => at === frames.length - 1));
    expect(frames.length).to.be.above(1);
  });
});

describe('a frame with rows of several subscriptions', () => {
  const id = fc.stringMatching(/^[!-~]{1,64}$/);

  it('holds the first rows, at least one, and as many as have room', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ id, rows }), { minLength: 1, maxLength: 20 }), (parts) => {
        const all = parts.flatMap((part) => part.rows.map((row) => [part.id, row]));
        const frame = rowsFrame(parts);
        const sent = frame ? [frame, ...(frame.also ?? [])] : [];
        const held = sent.flatMap((part) => part.rows.map((row) => [part.id, row]));
        expect(held).to.deep.equal(all.slice(0, held.length));
        expect(held.length > 0).to.equal(all.length > 0);
        const bytes = Buffer.byteLength(JSON.stringify(frame ?? {}));
        expect(bytes).to.be.at.most(MAX_FRAME_BYTES);
        // A row is some hundred bytes, and the names of subscriptions without rows are no more than 20 of 64 characters.
        if (held.length < all.length) expect(bytes).to.be.above(MAX_FRAME_BYTES - 6_000);
      }),
      { numRuns: 50 },
    );
  });
});
