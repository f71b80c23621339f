import { expect } from 'chai';
import { type PastEvent, progressOf } from './progress-of.ts';

const answered = (answer: object): PastEvent => ({
  lambdaFunctionSucceededEventDetails: { output: JSON.stringify(answer) },
});
const threw = (cause: string, error = 'RangeError'): PastEvent => ({
  lambdaFunctionFailedEventDetails: { error, cause },
});

describe('the progress of an audit', () => {
  it('is not known before its first call has ended', () => {
    expect(progressOf([])).to.deep.equal({});
    expect(progressOf([{}, {}])).to.deep.equal({});
  });

  it('is what the newest call said that ended, with the error of a call after it', () => {
    const before = [answered({ stored: 1 }), threw('{"errorMessage":"old"}')];
    expect(progressOf([{}, answered({ stored: 2 }), ...before])).to.deep.equal({ stored: 2 });
    const failing = [{}, threw('{"errorMessage":"the row is damaged"}'), threw('{"errorMessage":"first"}'), {}];
    expect(progressOf(failing)).to.deep.equal({ problem: 'RangeError: the row is damaged' });
    expect(progressOf([...failing, answered({ stored: 2 })])).to.deep.equal({
      ...{ stored: 2, problem: 'RangeError: the row is damaged' },
    });
  });

  for (const [what, event, problem] of [
    ['a time-out', { lambdaFunctionTimedOutEventDetails: { error: 'States.Timeout' } }, 'States.Timeout'],
    ['an error of Lambda', threw('no access', 'Lambda.AWSLambdaException'), 'Lambda.AWSLambdaException: no access'],
    ['another JSON', threw('{"errorType":"RangeError"}'), 'RangeError'],
    ['no cause', { lambdaFunctionFailedEventDetails: {} }, 'it ended'],
  ] as const) {
    it(`has ${what} in words`, () => {
      expect(progressOf([event])).to.deep.equal({ problem });
    });
  }
});
