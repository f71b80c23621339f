import { expect } from 'chai';
import { perMillion, unitsOf, writesOf } from './units.ts';

const USAGE = {
  actions: {
    'dynamodb:PutItem': { calls: 2, readUnits: 0, writeUnits: 5 },
    'dynamodb:BatchExecuteStatement': { calls: 1, readUnits: 0, writeUnits: 40 },
    'dynamodb:UpdateItem': { calls: 1, readUnits: 0, writeUnits: 1 },
    'dynamodb:Query': { calls: 2, readUnits: 2.5, writeUnits: 0 },
    's3:PutObject': { calls: 2, readUnits: 0, writeUnits: 0 },
  },
};

describe('unitsOf', () => {
  it('counts the log, the rows and the rest separately', () => {
    expect(unitsOf(USAGE)).to.deep.equal({ entries: 5, rows: 40, other: 1, reads: 2.5, objects: 2 });
    expect(writesOf(unitsOf(USAGE))).to.equal(46);
  });

  it('scales to a million events', () => {
    const scaled = perMillion(unitsOf(USAGE), 200_000);
    expect(scaled).to.deep.equal({ entries: 25, rows: 200, other: 5, reads: 12.5, objects: 10 });
  });
});
