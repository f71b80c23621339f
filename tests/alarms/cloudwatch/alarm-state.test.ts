import { expect } from 'chai';
import { type AlarmState, decide } from './alarm-state.ts';

/** Rows from the tables of the user guide: 0 does not breach, X does, - is missing; the newest is last. */
const ROWS: readonly [datapointsToAlarm: number, row: string, breaching: AlarmState, notBreaching: AlarmState][] = [
  [3, '0 - X - X', 'OK', 'OK'],
  [3, '0 - - - -', 'OK', 'OK'],
  [3, '- - - - -', 'ALARM', 'OK'],
  [3, '0 X X - X', 'ALARM', 'ALARM'],
  [3, '- - X - -', 'ALARM', 'OK'],
  [2, '0 - X - X', 'ALARM', 'ALARM'],
  [2, '0 0 X 0 X', 'ALARM', 'ALARM'],
  [2, '0 - X - -', 'ALARM', 'OK'],
  [2, '- - - - 0', 'ALARM', 'OK'],
  [2, '- - - X -', 'ALARM', 'OK'],
];

describe('the state of an alarm', () => {
  for (const [datapointsToAlarm, row, breaching, notBreaching] of ROWS) {
    it(`matches the user guide for ${datapointsToAlarm} of 3 and ${row}`, () => {
      const breaches = row.split(' ').map((mark) => (mark === '-' ? undefined : mark === 'X'));
      const rule = { evaluationPeriods: 3, datapointsToAlarm };
      expect(decide(breaches, { ...rule, missing: 'breaching' })).to.equal(breaching);
      expect(decide(breaches, { ...rule, missing: 'notBreaching' })).to.equal(notBreaching);
    });
  }
});
