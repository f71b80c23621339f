import { EventEmitter } from 'node:events';
import { expect } from 'chai';
import { firstUncaught } from '../processes/first-uncaught.ts';
import { failedPartProblem } from './failed-part.ts';

function failing(message: string, ...places: string[]): Error {
  const error = new Error(message);
  error.stack = [`Error: ${message}`, ...places.map((place) => `    at run (${place}:7:11)`)].join('\n');
  return error;
}

describe('a part that fails in this process', () => {
  for (const [folder, name] of [
    ['kinesalite/db', 'Kinesis'],
    ['levelup/lib', 'Kinesis'],
    ['fauxqs/dist', 'The storage (S3, SQS and SNS)'],
    ['aws-ses-v2-local/dist', 'The mail service'],
  ] as const) {
    it(`is told by name where ${folder} fails`, () => {
      const place = `/weir/node_modules/${folder}/index.js`;
      const error = failing('write failed', 'node:fs', place);
      expect(failedPartProblem(error)).to.equal(`${name} failed: write failed (${place}:7)`);
    });
  }

  it('is told by its damaged state', () => {
    const error = failing('Corruption: no meta-nextfile entry', '/weir/node_modules/levelup/lib/levelup.js');
    expect(failedPartProblem(error)).to.match(/^The state of Kinesis is damaged \(Corruption: .*npm run reset/);
  });

  it('is told without a name where nobody knows it', () => {
    const error = failing('no', 'file:///weir/packages/local/src/a.ts');
    const problem = 'A part of the local AWS failed: no (file:///weir/packages/local/src/a.ts:7)';
    expect(failedPartProblem(error)).to.equal(problem);
    error.stack = '';
    expect(failedPartProblem(error)).to.equal('A part of the local AWS failed: no');
  });

  it('is the first one that no caller catches, whatever it throws', async () => {
    const program = new EventEmitter();
    const first = firstUncaught(program);
    program.emit('uncaughtException', 'gone');
    program.emit('uncaughtException', new Error('follows from it'));
    expect((await first).message).to.equal('gone');
  });
});
