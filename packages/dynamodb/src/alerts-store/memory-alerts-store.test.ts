import { expect } from 'chai';
import { alert, describeAlertsStore } from './alerts-store.contract.ts';
import { MAX_ALERTS } from './alerts-store.ts';
import { MemoryAlertsStore } from './memory-alerts-store.ts';

describeAlertsStore('in memory', async () => new MemoryAlertsStore());

describe('the alerts store in memory', () => {
  it('takes no more rules than a stage may have', async () => {
    const store = new MemoryAlertsStore();
    for (let count = 0; count < MAX_ALERTS; count++) await store.create(alert(`a${count}`));
    expect(await store.create(alert('more'))).to.equal('full');
    expect(await store.create(alert('a1'))).to.equal('created');
    await store.remove('a1');
    expect(await store.create(alert('more'))).to.equal('created');
  });
});
