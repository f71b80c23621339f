import { expect } from 'chai';
import { atOnce } from './at-once.ts';

describe('calls at once', () => {
  it('are made for each item, sixteen at a time', async () => {
    const made: number[] = [];
    let [open, most] = [0, 0];
    await atOnce([...Array(50).keys()], async (item) => {
      most = Math.max(most, ++open);
      await new Promise((resolve) => setImmediate(resolve));
      made.push(item);
      open--;
    });
    expect(made).to.have.members([...Array(50).keys()]);
    expect(most).to.equal(16);
  });

  it('end before their failure is told, and none begins after it', async () => {
    const made: number[] = [];
    const failed = await atOnce([...Array(50).keys()], async (item) => {
      await new Promise((resolve) => setImmediate(resolve));
      made.push(item);
      if (item === 3) throw new Error('three');
    }).catch((error: unknown) => error);
    expect(failed).to.be.an('error').with.property('message', 'three');
    expect(made).to.deep.equal([...Array(19).keys()]);
  });
});
