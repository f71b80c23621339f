import { expect } from 'chai';
import { createClosers } from './closers.ts';

describe('what was started', () => {
  it('is ended in the opposite order, once, whatever fails meanwhile', async () => {
    const order: string[] = [];
    const reported: string[] = [];
    const closers = createClosers((error) => reported.push((error as Error).message));
    closers.add(async () => void order.push('first'));
    closers.add(() => Promise.reject(new Error('it hangs')));
    closers.add(() => {
      order.push('last');
      throw new Error('it throws');
    });
    await Promise.all([closers.closeAll(), closers.closeAll()]);
    await closers.closeAll();
    expect(order).to.deep.equal(['last', 'first']);
    expect(reported).to.deep.equal(['it throws', 'it hangs']);
  });

  it('also is what is started while all is being ended', async () => {
    const order: string[] = [];
    const closers = createClosers(() => {});
    closers.add(async () => {
      closers.add(() => void order.push('late'));
      order.push('early');
    });
    await closers.closeAll();
    expect(order).to.deep.equal(['early', 'late']);
  });
});
