import { expect } from 'chai';
import type { S3Bucket } from '../account/account.ts';
import { emptyBucket } from './empty-bucket.ts';

/** An S3 bucket into which a last batch is still being written after new writes are forbidden. */
function busyBucket(): { bucket: S3Bucket; calls: string[]; left: () => number } {
  const calls: string[] = [];
  let objects = 3;
  let uploads = 1;
  let underWay = 2;
  const bucket: S3Bucket = {
    denyWrites: async () => {
      calls.push('deny');
    },
    endUploads: async () => {
      calls.push('uploads');
      const ended = uploads;
      uploads = 0;
      return ended;
    },
    removeVersions: async () => {
      calls.push('versions');
      const removed = objects;
      objects = underWay-- > 0 ? 1 : 0;
      return removed;
    },
  };
  return { bucket, calls, left: () => objects + uploads };
}

describe('emptyBucket', () => {
  it('lets nobody write, waits until that holds everywhere, and then looks until it finds nothing', async () => {
    const { bucket, calls, left } = busyBucket();
    const sleep = async (ms: number) => calls.push(`wait ${ms}`);
    expect(await emptyBucket(bucket, sleep)).to.equal(5);
    expect(left()).to.equal(0);
    expect(calls.slice(0, 3)).to.deep.equal(['deny', 'wait 15000', 'uploads']);
    expect(calls.slice(-2)).to.deep.equal(['uploads', 'versions']);
  });

  it('removes nothing where writes cannot be denied', async () => {
    const { bucket, calls } = busyBucket();
    const failing = { ...bucket, denyWrites: () => Promise.reject(new Error('AccessDenied')) };
    const error = await emptyBucket(failing, async () => {}).catch((thrown: Error) => thrown.message);
    expect([error, calls]).to.deep.equal(['AccessDenied', []]);
  });
});
