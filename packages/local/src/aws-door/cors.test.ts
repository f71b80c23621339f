import { expect } from 'chai';
import { corsHeaders, preflightReply } from './cors.ts';

const preflight = (headers: Record<string, string | string[]>) =>
  preflightReply({ method: 'OPTIONS', target: '/bucket/key', headers });

describe("a browser's preflight of a local bucket", () => {
  it('is allowed for the page and the headers that it asks for', () => {
    const { status, headers } = preflight({ origin: 'https://a.test', 'access-control-request-headers': 'x-a, x-b' });
    expect(status).to.equal(200);
    expect(headers).to.include({
      'access-control-allow-origin': 'https://a.test',
      'access-control-allow-headers': 'x-a, x-b',
      vary: 'Origin',
    });
    expect(headers['access-control-allow-methods']).to.match(/PUT/);
  });

  it('allows all headers if the request names none', () => {
    expect(preflight({ origin: 'https://a.test' }).headers['access-control-allow-headers']).to.equal('*');
  });
});

describe('the CORS headers of an answer', () => {
  it('are none if no browser asks', () => {
    expect(corsHeaders(undefined)).to.deep.equal({});
    expect(preflight({}).headers).not.to.have.property('access-control-allow-origin');
  });

  it('let a page read the ETag, which an upload in parts needs', () => {
    expect(corsHeaders(['https://a.test', 'https://b.test'])).to.include({
      'access-control-allow-origin': 'https://a.test',
      'access-control-expose-headers': 'ETag',
    });
  });
});
