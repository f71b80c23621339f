import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { CreateBucketCommand, HeadObjectCommand, ListMultipartUploadsCommand, S3Client } from '@aws-sdk/client-s3';
import { openLocalTables } from '@weir/local/tables';
import { expect } from 'chai';
import { MissingObject, type ObjectStore } from '../object-store.ts';
import { createS3ObjectStore } from './s3-object-store.ts';

describe('the archive bucket', function () {
  this.timeout(60_000);
  const local = openLocalTables();
  let client: S3Client;
  let store: ObjectStore;

  before(async () => {
    const { url } = await local.aws();
    const credentials = { accessKeyId: 'tester', secretAccessKey: 'local' };
    client = new S3Client({ endpoint: url, region: 'us-east-1', credentials, forcePathStyle: true });
    await client.send(new CreateBucketCommand({ Bucket: 'archive' }));
    store = createS3ObjectStore({ client, bucket: 'archive' });
  });

  after(async () => {
    client.destroy();
    await local.close();
  });

  async function keysBelow(prefix: string): Promise<string[]> {
    const keys: string[] = [];
    for await (const { key } of store.list(prefix)) keys.push(key);
    return keys;
  }

  it('names an object by the hash of all its bytes, however many pieces they came in', async () => {
    const pieces = Array.from({ length: 40 }, (_, i) => Buffer.alloc(100_000 + i, i));
    const sha256 = await store.putHashed(Readable.from(pieces), (hash) => `hashed/${hash}`);
    const bytes = await buffer(await store.get(`hashed/${sha256}`));
    expect(bytes.equals(Buffer.concat(pieces))).to.equal(true);
    expect(createHash('sha256').update(bytes).digest('hex')).to.equal(sha256);
  });

  it('has used a piece up before it asks for the next one', async () => {
    async function* overwritten() {
      const piece = Buffer.alloc(50_000);
      for (let i = 0; i < 9; i++) yield piece.fill(i);
    }
    const sha256 = await store.putHashed(overwritten(), (hash) => `overwritten/${hash}`);
    const bytes = await buffer(await store.get(`overwritten/${sha256}`));
    expect(bytes.equals(Buffer.concat(Array.from({ length: 9 }, (_, i) => Buffer.alloc(50_000, i))))).to.equal(true);
    expect(createHash('sha256').update(bytes).digest('hex')).to.equal(sha256);
  });

  for (const [size, pieces] of [
    [0, 0],
    [5, 1],
    [90_000, 300],
  ] as const) {
    it(`puts a stream of ${size * pieces} bytes as a whole`, async () => {
      const chunks = Array.from({ length: pieces }, (_, i) => Buffer.alloc(size, i));
      await store.putStream('streams/a.csv', Readable.from(chunks));
      expect((await buffer(await store.get('streams/a.csv'))).equals(Buffer.concat(chunks))).to.equal(true);
      const head = await client.send(new HeadObjectCommand({ Bucket: 'archive', Key: 'streams/a.csv' }));
      expect(head.ContentType).to.equal('text/csv; charset=utf-8');
    });
  }

  it('leaves what was there, and no upload, if a long stream fails', async () => {
    await store.put('streams/b', Buffer.from('before'));
    async function* failing() {
      for (let i = 0; i < 12; i++) yield Buffer.alloc(1024 * 1024, i);
      throw new Error('no more rows');
    }
    const error = await store.putStream('streams/b', failing()).catch((thrown: Error) => thrown.message);
    expect(error).to.equal('no more rows');
    expect((await buffer(await store.get('streams/b'))).toString()).to.equal('before');
    const { Uploads = [] } = await client.send(new ListMultipartUploadsCommand({ Bucket: 'archive' }));
    expect(Uploads).to.deep.equal([]);
  });

  it('puts nothing if the stream fails', async () => {
    const failing = Readable.from(
      (async function* () {
        yield Buffer.from('half');
        throw new Error('no object');
      })(),
    );
    let error: unknown;
    await store
      .putHashed(failing, (hash) => `failed/${hash}`)
      .catch((thrown: unknown) => {
        error = thrown;
      });
    expect(error).to.be.an('error').with.property('message', 'no object');
    expect(await keysBelow('failed/')).to.deep.equal([]);
  });

  it('lists objects with their sizes', async () => {
    await store.put('sizes/a', Buffer.alloc(7));
    await store.put('sizes/b', Buffer.alloc(0));
    const sizes: [string, number][] = [];
    for await (const { key, size } of store.list('sizes/')) sizes.push([key, size]);
    expect(sizes).to.deep.equal([
      ['sizes/a', 7],
      ['sizes/b', 0],
    ]);
  });

  it('finds an object whole, and puts another in its place', async () => {
    await store.put('one/a', Buffer.from('first'));
    const found = await store.find('one/a');
    expect(Buffer.from(found?.bytes ?? []).toString()).to.equal('first');
    expect(await store.replace('one/a', Buffer.from('second'), found?.tag ?? '')).to.equal(true);
    expect((await buffer(await store.get('one/a'))).toString()).to.equal('second');
    expect(await store.find('one/none')).to.equal(undefined);
  });

  it('gives an object the type that its name ends in', async () => {
    const types = [
      ['typed/a.ndjson.zst', 'application/zstd'],
      ['typed/report.html', 'text/html; charset=utf-8'],
      ['typed/report.csv', 'text/csv; charset=utf-8'],
      ['typed/mail.eml', 'message/rfc822'],
      ['typed/report.json', 'application/json'],
    ] as const;
    for (const [key, type] of types) {
      await store.put(key, Buffer.from('x'));
      expect((await client.send(new HeadObjectCommand({ Bucket: 'archive', Key: key }))).ContentType).to.equal(type);
    }
  });

  it('creates an object once, and replaces only the version that was read', async () => {
    const first = Buffer.from('first');
    expect([await store.create('once/a', first), await store.create('once/a', Buffer.from('b'))]).to.deep.equal([
      true,
      false,
    ]);
    const tag = (await store.find('once/a'))?.tag ?? '';
    expect(await store.replace('once/a', Buffer.from('second'), tag)).to.equal(true);
    expect(await store.replace('once/a', Buffer.from('third'), tag)).to.equal(false);
    expect(Buffer.from((await store.find('once/a'))?.bytes ?? []).toString()).to.equal('second');
    expect(await store.replace('once/none', first, tag)).to.equal(false);
  });

  it('says that an object is missing', async () => {
    const error = await store.get('one/none').catch((thrown: unknown) => thrown);
    expect(error).to.be.instanceOf(MissingObject).with.property('message', 'no object one/none');
  });

  it('gives a range of an object, and refuses one that goes past its end', async () => {
    await store.put('ranges/a', Buffer.from('0123456789'));
    const range = async (key: string, from: number, bytes: number) => {
      const into = Buffer.alloc(bytes);
      await store.getRange(key, from, into);
      return into.toString();
    };
    expect(await range('ranges/a', 2, 3)).to.equal('234');
    expect(await range('ranges/a', 9, 1)).to.equal('9');
    for (const [key, error] of [
      ['ranges/a', RangeError],
      ['ranges/none', MissingObject],
    ] as const) {
      expect(await range(key, 8, 3).catch((thrown: unknown) => thrown)).to.be.instanceOf(error);
    }
  });

  it('lists what comes after a name', async () => {
    for (const name of ['c', 'a', 'b']) await store.put(`row/${name}`, Buffer.from(name));
    const keys: string[] = [];
    for await (const { key } of store.list('row/', 'row/a')) keys.push(key);
    expect(keys).to.deep.equal(['row/b', 'row/c']);
  });

  it('removes objects that exist, and skips those that do not', async () => {
    await store.put('some/a', Buffer.from('a'));
    await store.put('some/b', Buffer.from('b'));
    await store.remove(['some/a', 'some/none']);
    expect(await keysBelow('some/')).to.deep.equal(['some/b']);
  });
});
