import { expect } from 'chai';
import { statementKey, statementShape } from './statement-keys.ts';

const A = { S: 'a' };
const B = { S: 'b' };
const C = { N: '1' };

describe("a statement's key", () => {
  for (const [Statement, Parameters] of [
    ['UPDATE "t" SET "v" = ? SET "w" = ? WHERE "pk" = ? AND "sk" = ? AND "upTo" = ?', [C, C, A, B, C]],
    ['UPDATE t SET v=? WHERE pk=? AND sk=?', [C, A, B]],
    ["INSERT INTO \"t\" VALUE {'v': ?, 'pk': ?, 'sk' : ?}", [C, A, B]],
    ['DELETE FROM "t" WHERE "sk" = ? AND "pk" = ?', [B, A]],
  ] as const) {
    it(`is found in ${Statement}`, () => {
      expect(statementKey({ Statement, Parameters }, ['pk', 'sk'])).to.deep.equal({ pk: A, sk: B });
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
