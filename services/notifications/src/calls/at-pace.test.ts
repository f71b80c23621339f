import { VirtualTime } from '@weir/simulation';
import { expect } from 'chai';
import { atPace } from './at-pace.ts';

/** When calls begin that are made every 5 ms and take so long. */
async function beginnings(calls: number, tookMs: number): Promise<number[]> {
  const time = new VirtualTime();
  const wait = (ms: number) => new Promise<void>((resolve) => time.after(ms, resolve));
  const begun: number[] = [];
  const call = async () => {
    begun.push(time.now);
    await wait(tookMs);
  };
  const made = atPace([...Array(calls).keys()], call, { everyMs: 5, now: () => time.now, wait });
  await time.play(() => false);
  await made;
  return begun;
}

describe('calls at a pace', () => {
  it('begin evenly, whether or not earlier ones have ended', async () => {
    const even = Array.from({ length: 40 }, (_, place) => 5 * place);
    expect(await beginnings(40, 1)).to.deep.equal(even);
    expect(await beginnings(40, 70)).to.deep.equal(even);
  });

  it('begin later while too many are under way', async () => {
    const begun = await beginnings(40, 1_000);
    expect(begun.slice(14, 18)).to.deep.equal([70, 75, 1_000, 1_005]);
  });
});
