import { expect } from 'chai';
import { explainState, stateProblem } from './state-problem.ts';

describe('a problem with the state', () => {
  for (const reason of [
    'Corruption: CURRENT file does not end with newline',
    'IO error: /weir/kinesis/MANIFEST-000002: No such file or directory',
    'file is not a database',
    'database disk image is malformed',
    'dynoxide did not start: error: Database file is encrypted or not a valid SQLite database.',
  ]) {
    it(`says what is damaged, the way out and what is lost by it: ${reason}`, () => {
      expect(stateProblem('The state of Kinesis', reason))
        .to.include(`The state of Kinesis is damaged (${reason})`)
        .and.match(/`npm run reset`: it deletes all .* counted and stored/);
    });
  }

  for (const reason of [
    'ENOSPC: no space left on device, write',
    'IO error: 000003.log: No space left on device',
    'database or disk is full',
  ]) {
    it(`asks for room where the disk is full, and not for a reset: ${reason}`, () => {
      const problem = stateProblem('Kinesis', reason);
      expect(problem).to.match(/^The disk is full .*make room/);
      expect(problem).to.not.include('reset');
    });
  }

  it('leaves every other error as it is, with its code', () => {
    const other = Object.assign(new Error('Cannot find package'), { code: 'ERR_MODULE_NOT_FOUND' });
    expect(explainState('The state of Kinesis', other)).to.equal(other);
    const damaged = Object.assign(new Error('file is not a database'), { code: 'ERR_SQLITE_ERROR' });
    expect(explainState('The state', damaged)).to.not.have.property('code');
  });
});
