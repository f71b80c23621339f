import { expect } from 'chai';
import { statementKey, statementShape } from './statement-keys.ts';

const a = { S: 'a' };
const b = { S: 'b' };
const c = { N: '1' };

describe("a statement's key", () => {
  for (const [Statement, Parameters] of [
    ['UPDATE "t" SET "v" = ? SET "w" = ? WHERE "pk" = ? AND "sk" = ? AND "upTo" = ?', [c, c, a, b, c]],
    ['UPDATE t SET v=? WHERE pk=? AND sk=?', [c, a, b]],
    ["INSERT INTO \"t\" VALUE {'v': ?, 'pk': ?, 'sk' : ?}", [c, a, b]],
    ['DELETE FROM "t" WHERE "sk" = ? AND "pk" = ?', [b, a]],
  ] as const) {
    it(`is found in ${Statement}`, () => {
      expect(statementKey({ Statement, Parameters }, ['pk', 'sk'])).to.deep.equal({ pk: a, sk: b });
    });
  }

  it('is unknown when it is not given by parameters', () => {
    expect(statementKey({ Statement: "DELETE FROM t WHERE pk = 'a'" }, ['pk'])).to.equal(undefined);
  });

  it('belongs to the table that the statement names', () => {
    expect(statementShape({ Statement: ' update "weir-local-metrics" SET x = ?' })).to.deep.equal({
      verb: 'UPDATE',
      table: 'weir-local-metrics',
    });
    expect(statementShape({ Statement: 'EXPLAIN' })).to.equal(undefined);
  });
});
