import { S3Client } from '@aws-sdk/client-s3';
import { expect } from 'chai';
import { createS3AvatarUrls } from './s3-avatar-urls.ts';

const CREDENTIALS = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' };

function createUrls() {
  const client = new S3Client({
    region: 'eu-west-1',
    credentials: CREDENTIALS,
    requestChecksumCalculation: 'WHEN_REQUIRED',
  });
  return createS3AvatarUrls({ client, bucket: 'avatars', expiresInSeconds: 900 });
}

const signatureOf = (url: string) => new URL(url).searchParams.get('X-Amz-Signature');
const IMAGE = { key: 'uploads/anna/1', contentType: 'image/png', bytes: 1234 } as const;

describe('an address to upload to', () => {
  it('signs the type, the length and that the object is new, and no header that a sender would not send', async () => {
    const { method, url, headers } = await createUrls().signUpload(IMAGE);
    const { protocol, host, pathname, searchParams } = new URL(url);
    expect([method, protocol, host, pathname]).to.deep.equal([
      ...['PUT', 'https:', 'avatars.s3.eu-west-1.amazonaws.com', '/uploads/anna/1'],
    ]);
    expect(searchParams.get('X-Amz-SignedHeaders')).to.equal('content-length;content-type;host;if-none-match');
    expect(searchParams.get('X-Amz-Expires')).to.equal('900');
    expect([...searchParams.keys()].filter((name) => /checksum|crc/i.test(name))).to.deep.equal([]);
    expect(headers).to.deep.equal({ 'content-type': 'image/png', 'if-none-match': '*' });
  });

  for (const [what, other] of [
    ['the object of another person', { ...IMAGE, key: 'uploads/bert/1' }],
    ['another type', { ...IMAGE, contentType: 'image/gif' }],
    ['another length', { ...IMAGE, bytes: 1235 }],
  ] as const) {
    it(`is not valid for ${what}`, async () => {
      const signed = async (object: Parameters<ReturnType<typeof createUrls>['signUpload']>[0]) => {
        const { url } = await createUrls().signUpload(object);
        return { time: new URL(url).searchParams.get('X-Amz-Date'), signature: signatureOf(url) };
      };
      // A signature contains the second, so two signatures of the same second are compared.
      for (let tries = 0; tries < 5; tries += 1) {
        const [own, foreign, again] = await Promise.all([signed(IMAGE), signed(other), signed(IMAGE)]);
        if (own.time !== foreign.time || own.time !== again.time) continue;
        expect(again.signature).to.equal(own.signature);
        expect(foreign.signature).to.not.equal(own.signature);
        return;
      }
      expect.fail('no two signatures within a second');
    });
  }
});

describe('an address to read from', () => {
  it('expires, and gives the browser the type that was found', async () => {
    const { pathname, searchParams } = new URL(await createUrls().signDownload('originals/anna/1', 'image/png'));
    expect(pathname).to.equal('/originals/anna/1');
    expect(searchParams.get('X-Amz-Expires')).to.equal('900');
    expect(searchParams.get('response-content-type')).to.equal('image/png');
    expect(searchParams.get('X-Amz-Signature')).to.match(/^[0-9a-f]{64}$/);
  });
});
