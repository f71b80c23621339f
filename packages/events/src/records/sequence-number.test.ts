import { expect } from 'chai';
import { padSequenceNumber } from './sequence-number.ts';

describe('padSequenceNumber', () => {
  it('makes strings compare as the numbers do', () => {
    expect(padSequenceNumber('9') < padSequenceNumber('10')).to.equal(true);
    expect(padSequenceNumber('9')).to.have.lengthOf(56);
  });

  it('leaves a full one alone', () => {
    const full = '49613120000000000000000000000000000000000000000000000001';
    expect(padSequenceNumber(full)).to.equal(full);
  });
});
