import { createHash } from 'node:crypto';
import { expect } from 'chai';
import fc from 'fast-check';
import { packEvaluations, unpackEvaluations } from './pack-evaluations.ts';

const seconds = fc.nat(4_000_000_000).map((second) => second * 1000);
const value = fc.option(fc.double({ noNaN: true }), { nil: null });
const evaluation = fc.record({ bucket: seconds, at: seconds, value }, { noNullPrototype: true });
const id = fc.stringMatching(/^[\x20-\x7e]{1,40}$/);

describe('packed evaluations', () => {
  it('are unpacked as they were, to the second', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(id, evaluation)), (list) => {
        expect(unpackEvaluations(packEvaluations(new Map(list)))).to.deep.equal(new Map(list));
      }),
    );
  });

  it('take little: a thousand rules 14 KB, and 17 KB if each saw another value', () => {
    const packedSize = (seenBy: (at: number) => number) => {
      const list = Array.from({ length: 1000 }, (_, at) => {
        const id = createHash('sha256').update(`${at}`).digest('hex').slice(0, 20);
        return [id, { bucket: 60_000, at: 120_000, value: seenBy(at) }] as const;
      });
      return packEvaluations(new Map(list)).length;
    };
    expect(packedSize(() => 0)).to.be.below(14_000);
    expect(packedSize((at) => at)).to.be.below(17_000);
  });

  it('of a later version are nothing, until they are written again', () => {
    expect(unpackEvaluations(Uint8Array.of(3, 9, 9))).to.deep.equal(new Map());
    expect(unpackEvaluations(new Uint8Array())).to.deep.equal(new Map());
  });
});
