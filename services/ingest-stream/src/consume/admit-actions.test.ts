import { OTHER_ACTION } from '@weir/aggregates';
import { MemoryMetricsStore } from '@weir/dynamodb/memory';
import { expect } from 'chai';
import { createAdmittedActions } from './admit-actions.ts';

describe('admitting actions', () => {
  it('admits actions in order up to the limit, the same ones in every instance', async () => {
    const slots = new MemoryMetricsStore();
    const [one, two] = [
      createAdmittedActions({ slots, maxActions: 2 }),
      createAdmittedActions({ slots, maxActions: 2 }),
    ];
    await one.admit(['a']);
    await two.admit(['b', 'c']);
    await one.admit(['c', 'b']);
    expect(['a', 'b', 'c'].map(one.nameFor)).to.deep.equal(['a', 'b', OTHER_ACTION]);
    expect(['a', 'b', 'c'].map(two.nameFor)).to.deep.equal(['a', 'b', OTHER_ACTION]);
  });

  it('reads each slot of the table once', async () => {
    const slots = new MemoryMetricsStore();
    const actions = createAdmittedActions({ slots, maxActions: 1 });
    await actions.admit(['a', 'b']);
    slots.readSlots = async () => {
      throw new Error('asked again');
    };
    await actions.admit(['a', 'b', 'c']);
    expect(actions.nameFor('c')).to.equal(OTHER_ACTION);
  });
});
