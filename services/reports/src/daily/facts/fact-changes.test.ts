import { expect } from 'chai';
import fc from 'fast-check';
import { canonicalJson } from '../canonical-json.ts';
import type { ActionFacts, DailyFacts } from '../daily-report.ts';
import { factChanges } from './fact-changes.ts';

const facts = (counts: Readonly<Record<string, number>>, more: Partial<DailyFacts> = {}): DailyFacts => {
  const actions = Object.entries(counts).map(([action, count]): ActionFacts => {
    return { action, count, sum: 0, min: 0, max: 0, mean: 0, users: null, p50: null, p95: null, p99: null };
  });
  const count = actions.reduce((sum, action) => sum + action.count, 0);
  return { total: { count, users: 1 }, actions, hours: [{ start: 'h0', count }], quarantine: [], ...more };
};

describe('the changes of facts', () => {
  it('are none between equal facts', () => {
    expect(factChanges(facts({ a: 1 }), facts({ a: 1 }))).to.deep.equal([]);
  });

  it('name each value that differs by its pointer, and an action by its name and not by its place', () => {
    expect(factChanges(facts({ b: 2, a: 1 }), facts({ a: 3, b: 2 }))).to.deep.equal([
      { pointer: '/total/count', before: 3, after: 5 },
      { pointer: '/actions/0/count', before: 1, after: 3 },
      { pointer: '/hours/0/count', before: 3, after: 5 },
    ]);
  });

  it('have the whole of what is new or gone', () => {
    const after = facts({ a: 1 }, { quarantine: [{ reason: 'r', count: 4 }] });
    expect(factChanges(facts({ a: 1 }), after)).to.deep.equal([
      { pointer: '/quarantine/0', before: null, after: { reason: 'r', count: 4 } },
    ]);
    expect(factChanges(after, facts({ a: 1 }))).to.deep.equal([
      { pointer: '/quarantine/0', before: { reason: 'r', count: 4 }, after: null },
    ]);
  });

  it('are none exactly where the facts differ in nothing but their order', () => {
    const counts = fc.dictionary(fc.constantFrom('a', 'b', 'c', '__proto__'), fc.integer({ min: 1, max: 3 }));
    fc.assert(
      fc.property(counts, counts, (before, after) => {
        const [old, now] = [facts(before), facts(after)];
        const isSame = canonicalJson(sorted(old)) === canonicalJson(sorted(now));
        expect(factChanges(old, now).length === 0).to.equal(isSame);
      }),
    );
  });
});

function sorted({ actions, ...others }: DailyFacts): object {
  return { ...others, actions: actions.toSorted((a, b) => (a.action < b.action ? -1 : 1)) };
}
