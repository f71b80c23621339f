import { expect } from 'chai';
import { readRecord } from './record-file.ts';

const BEGUN = '{"mark":"begun","sources":"now"}\n';
const WHOLE = '{"mark":"whole","sources":"now"}\n';
const NEED = '{"role":"weir-api-local-keys","action":"s3:GetObject","resource":"arn:aws:s3:::weir-local-a/b"}\n';

describe('the record of calls', () => {
  for (const [what, text, problem] of [
    ['there is none', undefined, /no connected run/],
    ['the run was not whole', `${BEGUN}${NEED}`, /not whole/],
    ['the run has begun again', `${BEGUN}${NEED}${WHOLE}${BEGUN}`, /not whole/],
    ['the code has changed', `${BEGUN.replace('now', 'then')}${NEED}${WHOLE.replace('now', 'then')}`, /has changed/],
    ['it is empty', `${BEGUN}${WHOLE}`, /no calls/],
  ] as const) {
    it(`says nothing if ${what}`, () => {
      expect(readRecord(text, 'now')).to.have.property('problem').that.matches(problem);
    });
  }

  it('has the needs of a whole run, those of functions of the stage test as those of the stage local', () => {
    const inTest = NEED.replaceAll('-local-', '-test-');
    const record = readRecord(`${BEGUN}${NEED}${inTest}${WHOLE}`, 'now');
    const need = JSON.parse(NEED);
    expect(record).to.deep.equal({ needs: [need, need] });
  });
});
