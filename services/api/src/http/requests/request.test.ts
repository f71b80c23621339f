import { expect } from 'chai';
import { apiEvent } from '../../testing/api-event.ts';
import { toApiRequest } from './request.ts';

describe('toApiRequest', () => {
  it('finds headers by lower-case name and keeps every value of a parameter', () => {
    const event = apiEvent({ path: '/v1/a%20b', headers: { 'Content-Type': 'x' }, query: { a: ['1', '2'], b: '' } });
    const request = toApiRequest(event);
    expect(request).to.include({ requestId: 'request-1', method: 'GET', path: '/v1/a%20b', isBase64: false });
    expect(request.headers.get('content-type')).to.equal('x');
    expect([...request.query]).to.deep.equal([
      ['a', ['1', '2']],
      ['b', ['']],
    ]);
  });

  it('keeps every value of a repeated header, in order', () => {
    const event = apiEvent({ path: '/', headers: { 'If-Match': '"b"', 'x-one': '1' } });
    const { headers } = toApiRequest({ ...event, multiValueHeaders: { 'If-Match': ['"a"', '"b"'], 'x-one': ['1'] } });
    expect([headers.get('if-match'), headers.get('x-one')]).to.deep.equal(['"a", "b"', '1']);
  });

  it('replaces halves of surrogate pairs by U+FFFD, as answers could repeat them', () => {
    const event = apiEvent({ path: '/v1/\ud800', headers: { 'x-a': '\udfff' }, query: { '\ud800': ['\ud800', '😀'] } });
    const { path, headers, query } = toApiRequest(event);
    expect([path, headers.get('x-a'), ...query]).to.deep.equal(['/v1/\ufffd', '\ufffd', ['\ufffd', ['\ufffd', '😀']]]);
  });

  it('uses single values if there are no lists of values', () => {
    const event = { ...apiEvent({ path: '/', query: { a: '1' } }), multiValueQueryStringParameters: null };
    expect(toApiRequest(event as unknown as ReturnType<typeof apiEvent>).query.get('a')).to.deep.equal(['1']);
  });

  it('reads an event without headers, query and body', () => {
    const event = { ...apiEvent({ path: '/' }), headers: null, body: null };
    const request = toApiRequest(event as unknown as ReturnType<typeof apiEvent>);
    expect([request.headers.size, request.query.size, request.body]).to.deep.equal([0, 0, undefined]);
  });
});
