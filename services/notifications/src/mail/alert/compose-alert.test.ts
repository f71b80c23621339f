import { silentLog } from '@weir/logging';
import { sampleFiring } from '@weir/mail/testing';
import { expect } from 'chai';
import { createComposeAlert } from './compose-alert.ts';

const UNSUBSCRIBE = 'https://api.example/v1/unsubscribe/a.b';

describe('the MIME of an alert', () => {
  const firing = sampleFiring();
  const compose = async (readBuckets: Parameters<typeof createComposeAlert>[0]['readBuckets']) =>
    Buffer.from(await createComposeAlert({ readBuckets, log: silentLog })(firing, UNSUBSCRIBE)).toString('latin1');

  it('has a chart', async () => {
    const mime = await compose(async () => [{ start: firing.bucket.start, value: firing.value }]);
    expect(mime).to.include('Content-ID: <buckets>').and.include('Content-Type: image/png');
  });

  it('has none if there is nothing to draw, or it cannot be drawn', async () => {
    for (const mime of [await compose(async () => undefined), await compose(() => Promise.reject(new Error('down')))]) {
      expect(mime).to.include('Too many checkouts').and.not.include('image/png');
    }
  });
});
