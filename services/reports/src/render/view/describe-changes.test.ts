import { expect } from 'chai';
import type { FactChange } from '../../daily/daily-report.ts';
import { sampleReport } from '../../testing/sample-report.ts';
import { describeChanges } from './describe-changes.ts';

describe('the changes of a revision', () => {
  const rowOf = (change: FactChange) => describeChanges(sampleReport({ revision: 2, changes: [change] }))?.rows[0];
  const { actions, quarantine } = sampleReport().facts;

  it('have the names of actions and figures, not their places in the file', () => {
    expect(rowOf({ pointer: '/actions/1/count', before: 2, after: 1003 })).to.deep.equal([
      `${actions[1]?.action}: events`,
      '2',
      '1,003',
    ]);
    expect(rowOf({ pointer: '/actions/0/p50', before: null, after: 4 })?.[0]).to.equal(`${actions[0]?.action}: median`);
    expect(rowOf({ pointer: '/total/users', before: 5, after: 6 })).to.deep.equal(['Total: users', '5', '6']);
  });

  it('name hours by the local time, and refused events by their reason', () => {
    expect(rowOf({ pointer: '/hours/12/count', before: 39, after: 40 })).to.deep.equal(['12:00: events', '39', '40']);
    const reason = `Refused as ${quarantine[0]?.reason}`;
    expect(rowOf({ pointer: '/quarantine/0/count', before: 1, after: 2 })).to.deep.equal([reason, '1', '2']);
  });

  it('name an action that came or went, with its number of events', () => {
    const action = { ...actions[0], action: 'aaa', count: 5 };
    expect(rowOf({ pointer: '/actions/3', before: null, after: action })).to.deep.equal(['aaa: events', '–', '5']);
    expect(rowOf({ pointer: '/actions/3', before: action, after: null })).to.deep.equal(['aaa: events', '5', '–']);
  });
});
