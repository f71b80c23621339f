import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import fc from 'fast-check';
import { apiEvent } from '../../testing/api-event.ts';
import type { Problem } from '../answers/problem.ts';
import { toApiRequest } from '../requests/request.ts';
import { type JsonBody, readJsonBody } from './read-json-body.ts';

const MAX_BYTES = 1_000;
const GZIP_HEADERS = { 'content-encoding': 'gzip' };

function read(body: string | Buffer, headers: Record<string, string> = {}): JsonBody | Problem {
  const bytes = typeof body !== 'string';
  const parts = { path: '/', body: bytes ? body.toString('base64') : body, isBase64Encoded: bytes, headers };
  return readJsonBody(toApiRequest(apiEvent(parts)), MAX_BYTES);
}

function problemOf(found: JsonBody | Problem): string {
  return found.kind === 'problem' ? found.name : 'none';
}

describe('readJsonBody', () => {
  it('decompresses gzip with any content', () => {
    fc.assert(
      fc.property(
        fc.json({ maxDepth: 2 }),
        fc.constantFrom('gzip', ' GZIP ', 'x-gzip', 'identity,, gzip ,'),
        (text, encoding) => {
          fc.pre(Buffer.byteLength(text) <= MAX_BYTES);
          const found = read(gzipSync(text), { 'content-encoding': encoding });
          expect(found).to.deep.equal({ kind: 'json', value: JSON.parse(text), text });
        },
      ),
    );
  });

  it('accepts a body that API Gateway has decompressed, with the remaining header', () => {
    expect(read('{"a":1}', { 'content-encoding': 'deflate' })).to.include({ kind: 'json', text: '{"a":1}' });
    for (const body of ['{"a":1}', Buffer.from('{"a":1}')]) {
      expect(read(body, GZIP_HEADERS)).to.include({ kind: 'json', text: '{"a":1}' });
    }
  });

  it('counts the decompressed bytes: the limit, and not one more', () => {
    expect(problemOf(read(gzipSync('1'.padEnd(MAX_BYTES)), GZIP_HEADERS))).to.equal('none');
    expect(problemOf(read(gzipSync('1'.padEnd(MAX_BYTES + 1)), GZIP_HEADERS))).to.equal('too-large');
  });

  it('also counts the compressed bytes', () => {
    const members = Buffer.concat(Array.from({ length: 100 }, () => gzipSync('')));
    expect(problemOf(read(members, GZIP_HEADERS))).to.equal('too-large');
  });

  it('stops a gzip bomb at the limit, also in memory', () => {
    const bomb = gzipSync(Buffer.alloc(900_000), { level: 9 });
    expect(bomb.length).to.be.below(MAX_BYTES);
    const before = process.memoryUsage().arrayBuffers;
    expect(problemOf(read(bomb, GZIP_HEADERS))).to.equal('too-large');
    expect(process.memoryUsage().arrayBuffers - before).to.be.below(500_000);
  });

  it('refuses gzip that is cut off, changed, or not JSON', () => {
    const whole = gzipSync('{"some":"text, so that there is something to change"}');
    const changed = Buffer.from(whole);
    changed.writeUInt8(changed.readUInt8(changed.length - 6) ^ 1, changed.length - 6);
    for (const bad of [whole.subarray(0, 20), changed, Buffer.of(0x1f, 0x8b), Buffer.of(0x1f, 0x8b, 9, 9, 9, 9)]) {
      const found = read(bad, GZIP_HEADERS);
      expect(problemOf(found), bad.toString('hex')).to.equal('invalid-body');
      expect(found).to.have.nested.property('errors[0].header', 'Content-Encoding');
    }
    expect(problemOf(read(gzipSync('no JSON'), GZIP_HEADERS))).to.equal('invalid-json');
    expect(problemOf(read(gzipSync(Buffer.of(0x22, 0xff, 0x22)), GZIP_HEADERS))).to.equal('invalid-json');
  });

  for (const type of [
    'application/json',
    'Application/JSON;charset=UTF-8',
    'application/json; charset=utf8',
    'application/json; charset="utf-8"',
    'application/json; charset="utf\\-8"; profile="a;charset=latin1"',
    'application/json;; charset=utf-8 ;',
  ]) {
    it(`accepts JSON as ${type}`, () => {
      expect(problemOf(read('{}', { 'content-type': type }))).to.equal('none');
    });
  }

  for (const type of [
    '',
    'json',
    'text/json',
    'application/json, application/json',
    'application/json; charset=latin1',
  ]) {
    it(`does not accept it as ${JSON.stringify(type)}, and names the accepted type`, () => {
      const found = read('{}', { 'content-type': type });
      expect(problemOf(found)).to.equal('unsupported-media-type');
      expect(found)
        .to.have.property('detail')
        .that.matches(/^send the body (as content-type: application\/json|in UTF-8)$/);
    });
  }

  it('names the accepted codings if a body has another one', () => {
    for (const encoding of ['br', 'zstd', 'deflate', 'gzip, gzip', '__proto__']) {
      const found = read(Buffer.from('{}'), { 'content-encoding': encoding });
      expect(problemOf(found), encoding).to.equal('unsupported-media-type');
      expect(found).to.have.nested.property('headers.accept-encoding', 'gzip, identity');
    }
  });
});
