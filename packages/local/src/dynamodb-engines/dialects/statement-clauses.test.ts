import { expect } from 'chai';
import { hasDescendingOrder, oneClauseOfEach } from './statement-clauses.ts';

describe('a statement for dynoxide', () => {
  for (const [written, respelled] of [
    ['UPDATE "t" SET a = ? SET b = ? WHERE k = ?', 'UPDATE "t" SET a = ?, b = ? WHERE k = ?'],
    ['update t set a = ?\nset b = ?\nwhere k = ?', 'update t SET a = ?, b = ? where k = ?'],
    ['UPDATE t REMOVE a SET b = ? REMOVE c SET d = ? WHERE k = ?', 'UPDATE t SET b = ?, d = ? REMOVE a, c WHERE k = ?'],
    ['UPDATE t SET a = ? SET b = ? RETURNING ALL NEW *', 'UPDATE t SET a = ?, b = ? RETURNING ALL NEW *'],
    [
      "UPDATE t SET a = ' SET b' SET c = 'it''s SET d' WHERE k = 1",
      "UPDATE t SET a = ' SET b', c = 'it''s SET d' WHERE k = 1",
    ],
  ] as const) {
    it(`has one clause of each kind: ${written.replaceAll('\n', ' ')}`, () => {
      expect(oneClauseOfEach(written)).to.equal(respelled);
    });
  }

  for (const statement of [
    'UPDATE t SET a = ?, b = ? WHERE k = ?',
    'UPDATE t SET m.set = set_add(s, ?) WHERE "SET" = ?',
    "INSERT INTO t VALUE {'a': 'SET b SET c'}",
    'SELECT * FROM t WHERE a = ? AND b = ?',
    'UPDATE',
    '',
  ]) {
    it(`stays as it is: ${statement}`, () => {
      expect(oneClauseOfEach(statement)).to.equal(statement);
    });
  }

  for (const [statement, isDescending] of [
    ['SELECT * FROM t WHERE k = ? ORDER BY s DESC', true],
    ['select * from t order  by "s" desc', true],
    ['SELECT * FROM t WHERE k = ? ORDER BY s ASC', false],
    ["SELECT * FROM t WHERE k = 'ORDER BY s DESC'", false],
    ['SELECT "desc" FROM t WHERE k = ? ORDER BY s', false],
  ] as const) {
    it(`${isDescending ? 'asks' : 'does not ask'} for its last rows first: ${statement}`, () => {
      expect(hasDescendingOrder(statement)).to.equal(isDescending);
    });
  }
});
