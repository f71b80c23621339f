import { silentLog } from '@weir/logging';
import { expect } from 'chai';
import { ANYONE } from '../http/callers/principal.ts';
import { createOpenApiDocument } from '../openapi/document.ts';
import { createServe } from '../serve/serve.ts';
import { type Answer, apiEvent, readAnswer } from '../testing/api-event.ts';
import { expectProblem } from '../testing/expect-problem.ts';
import { createMetaRoutes } from './meta-routes.ts';

const ON_AWS = {
  headers: { Host: 'a1b2.execute-api.eu-west-1.amazonaws.com', 'X-Forwarded-Proto': 'https' },
  rootPath: '/production',
};

async function get(path: string, method = 'GET'): Promise<Answer> {
  const routes = createMetaRoutes({ stage: 'test', document: { openapi: '3.1.1' } });
  const serve = createServe({ routes, authenticate: async () => ANYONE, log: silentLog });
  return readAnswer(await serve(apiEvent({ method, path, headers: { Authorization: 'nonsense' } })));
}

describe('the meta routes', () => {
  it('show that the service answers, without a key', async () => {
    const { status, body } = await get('/v1/health');
    expect(status).to.equal(200);
    expect(body).to.deep.equal({ status: 'ok', service: 'api', stage: 'test' });
  });

  it('serve the document, without a key', async () => {
    const { status, headers, body } = await get('/v1/openapi.json');
    expect(status).to.equal(200);
    expect(headers).to.include({ 'x-request-id': 'request-1', 'content-type': 'application/json' });
    expect(body).to.include({ openapi: '3.1.1' });
  });

  it('show the document as a page, without a key, that may load nothing', async () => {
    const routes = createMetaRoutes({ stage: 'test', document: createOpenApiDocument() });
    const serve = createServe({ routes, authenticate: async () => ANYONE, log: silentLog });
    const { statusCode, headers, body } = await serve(apiEvent({ path: '/v1/docs', headers: { Authorization: '' } }));
    expect(statusCode).to.equal(200);
    expect(headers).to.include({ 'content-type': 'text/html; charset=utf-8', 'x-request-id': 'request-1' });
    expect(headers?.['content-security-policy']).to.include("default-src 'none'");
    expect(body)
      .to.match(/^<!doctype html>/)
      .and.to.match(/<h1>Weir API<\/h1>/);
  });

  it('serve document and page with the address of each request', async () => {
    const routes = createMetaRoutes({ stage: 'test', document: createOpenApiDocument() });
    const serve = createServe({ routes, authenticate: async () => ANYONE, log: silentLog });
    const local = { headers: { Host: 'localhost:3000' } };
    for (const [address, expected] of [
      [ON_AWS, 'https://a1b2.execute-api.eu-west-1.amazonaws.com/production/v1'],
      [local, 'http://localhost:3000/v1'],
      [ON_AWS, 'https://a1b2.execute-api.eu-west-1.amazonaws.com/production/v1'],
    ] as const) {
      const document = readAnswer(await serve(apiEvent({ path: '/v1/openapi.json', ...address })));
      expect(document.body.servers).to.deep.equal([{ url: expected, description: 'The address of this document' }]);
      expect((await serve(apiEvent({ path: '/v1/docs', ...address }))).body).to.include(`${expected}/events`);
    }
  });

  it('refuse other methods', async () => {
    expectProblem(await get('/v1/health', 'POST'), 'method-not-allowed');
  });
});
