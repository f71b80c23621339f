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
  it('say nothing of origins where the stage has none', async () => {
    expect(await headersFor([], 'https://a.test')).to.not.have.any.keys(...NAMES);
  });

  it('may be read by any, where the stage says so', async () => {
    for (const origin of ['https://a.test', undefined]) {
      const headers = await headersFor(['*'], origin);
      expect(headers).to.include({ 'access-control-allow-origin': '*' });
      expect(headers).to.not.have.property('vary');
    }
  });

  it('may be read by those of the list, and no other, and say that they vary', async () => {
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

  it('are marked when they are errors as well', async () => {
    const headers = await headersFor(['https://a.test'], 'https://a.test', '/v1/none');
    expect(headers).to.include({ 'access-control-allow-origin': 'https://a.test' });
  });
});
