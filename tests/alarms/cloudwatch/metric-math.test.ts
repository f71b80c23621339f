import { expect } from 'chai';
import { evaluateMath, type Series } from './metric-math.ts';

const NONE = undefined;

/** Evaluates with these metrics. */
function evaluate(expression: string, metrics: Record<string, Series>, missingIsZero = true): Series {
  return evaluateMath(expression, {
    series: new Map(Object.entries(metrics)),
    metrics: Object.keys(metrics),
    missingIsZero,
  });
}

describe('metric math', () => {
  // The examples of "Using metric math" in CloudWatch's user guide.
  it('compares as in the table of the user guide', () => {
    const metrics = { metric1: [30, 20, 0, 0], metric2: [20, NONE, 20, NONE] };
    expect(evaluate('metric1 < metric2', metrics)).to.deep.equal([0, 0, 1, 0]);
    expect(evaluate('metric1 >= 30', metrics)).to.deep.equal([1, 0, 0, 0]);
    expect(evaluate('(metric1 > 15 AND metric2 > 15)', metrics)).to.deep.equal([1, 0, 0, 0]);
  });

  it('chooses as in the tables of the user guide', () => {
    const metrics = { metric1: [1, 1, 0, 0, NONE], metric2: [30, NONE, 0, 0, 30], metric3: [0, 0, 20, NONE, 20] };
    expect(evaluate('IF(metric1, metric2, metric3)', metrics)).to.deep.equal([30, 0, 20, NONE, NONE]);
    expect(evaluate('IF(metric1, 5, metric3)', metrics)).to.deep.equal([5, 5, 20, NONE, NONE]);
    expect(evaluate('IF(metric1, metric2, 5)', metrics)).to.deep.equal([30, 0, 5, 5, NONE]);
    expect(evaluate('IF(metric1, 5)', metrics)).to.deep.equal([5, 5, NONE, NONE, NONE]);
  });

  it('takes a missing value as 0, or gives none, by its setting', () => {
    const metrics = { a: [1, NONE, NONE], b: [2, 3, NONE] };
    expect(evaluate('a + b', metrics)).to.deep.equal([3, 3, NONE]);
    expect(evaluate('a + b', metrics, false)).to.deep.equal([3, NONE, NONE]);
    expect(evaluate('SUM(METRICS())', metrics)).to.deep.equal([3, 3, NONE]);
    expect(evaluate('SUM(METRICS())', metrics, false)).to.deep.equal([3, NONE, NONE]);
  });

  it('fills one series and all, and sums a list', () => {
    const metrics = { a: [1, NONE], b: [NONE, NONE] };
    expect(evaluate('FILL(a, 7)', metrics)).to.deep.equal([1, 7]);
    expect(evaluate('SUM(FILL(METRICS(), 0))', metrics, false)).to.deep.equal([1, 0]);
    expect(evaluate('SUM([FILL(a, 0), FILL(b, 2)])', metrics, false)).to.deep.equal([3, 2]);
  });

  it('gives the change of a series at each value, and no value for the first', () => {
    expect(evaluate('a - DIFF(a)', { a: [4, 6, 9] }, false)).to.deep.equal([NONE, 4, 6]);
  });

  it('binds operators as usual', () => {
    expect(evaluate('1 + 2 * a - 3 > 4 AND a == 3 OR a != a', { a: [3, 2] })).to.deep.equal([0, 0]);
    expect(evaluate('(1 + 2) * a / 3 - 1', { a: [3] })).to.deep.equal([2]);
  });

  it('names the part that it cannot evaluate', () => {
    expect(() => evaluate('STDDEV(a)', { a: [1] })).to.throw('STDDEV with 1 values');
    expect(() => evaluate('a + nothing', { a: [1] })).to.throw('cannot be read');
    expect(() => evaluate('a b', { a: [1] })).to.throw('cannot be read');
    expect(() => evaluate('1 + 1', {})).to.throw('does not give one series');
  });
});
