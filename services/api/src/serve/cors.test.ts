import { silentLog } from '@weir/logging';
import { expect } from 'chai';
import { json } from '../http/answers/response.ts';
import { ANYONE } from '../http/callers/principal.ts';
import { apiEvent, readAnswer } from '../testing/api-event.ts';
import { createServe } from './serve.ts';

async function headersFor(corsOrigins: readonly string[], origin: string | undefined, path = '/v1/open') {
  const serve = createServe({
    routes: [{ method: 'GET', path: '/v1/open', access: 'open', answer: async () => json(200, {}) }],
    authenticate: async () => ANYONE,
    corsOrigins,
    log: silentLog,
  });
  const headers: Record<string, string> = origin === undefined ? {} : { Origin: origin };
  return readAnswer(await serve(apiEvent({ path, headers }))).headers;
}

const NAMES = ['access-control-allow-origin', 'access-control-expose-headers', 'vary'];

describe('the answers of a function to pages', () => {
  it('have no origin if the stage has none', async () => {
    expect(await headersFor([], 'https://a.test')).to.not.have.any.keys(...NAMES);
  });

  it('may be read by any page if the stage allows it', async () => {
    for (const origin of ['https://a.test', undefined]) {
      const headers = await headersFor(['*'], origin);
      expect(headers).to.include({ 'access-control-allow-origin': '*' });
      expect(headers).to.not.have.property('vary');
    }
  });

  it('may be read by listed origins and no other, and have vary', async () => {
    const origins = ['https://a.test', 'https://b.test'];
    const allowed = await headersFor(origins, 'https://b.test');
    expect(allowed).to.include({ 'access-control-allow-origin': 'https://b.test', vary: 'origin' });
    expect(allowed['access-control-expose-headers']).to.include('x-request-id');
    for (const origin of ['https://c.test', 'https://a.test.evil.test', undefined]) {
      const headers = await headersFor(origins, origin);
      expect(headers).to.include({ vary: 'origin' });
      expect(headers).to.not.have.any.keys('access-control-allow-origin', 'access-control-expose-headers');
    }
  });

  it('also have these headers if they are errors', async () => {
    const headers = await headersFor(['https://a.test'], 'https://a.test', '/v1/none');
    expect(headers).to.include({ 'access-control-allow-origin': 'https://a.test' });
  });
});
