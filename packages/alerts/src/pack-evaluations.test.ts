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

  it('take little: a thousand rules with ids of 26 characters 43 KB', () => {
    const one = { bucket: 60_000, at: 120_000, value: 5.5 };
    const list = Array.from({ length: 1000 }, (_, at) => [`${at}`.padStart(26, 'r'), one] as const);
    expect(packEvaluations(new Map(list)).length).to.equal(43_001);
  });

  it('of another version are nothing, until they are written again', () => {
    expect(unpackEvaluations(Uint8Array.of(2, 9, 9))).to.deep.equal(new Map());
    expect(unpackEvaluations(new Uint8Array())).to.deep.equal(new Map());
  });
});
