import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import { type LocalApi, openLocalApi } from './testing/local-api.ts';

describe('the API’s door, when clients go away', () => {
  let api: LocalApi;
  afterEach(() => api.close());

  it('calls no function for a request whose body does not come whole', async () => {
    let calls = 0;
    const f = () => {
      calls += 1;
      return { statusCode: 200, body: '{}' };
    };
    api = await openLocalApi({ functions: { f }, door: {} });
    const options = { method: 'POST', headers: { 'content-length': '100' } };
    const client = httpRequest(`${api.url}/v1/events`, options).on('error', () => {});
    client.write('half');
    await once(client, 'socket');
    await sleep(20);
    client.destroy();
    await sleep(20);
    expect(calls).to.equal(0);
    expect((await fetch(`${api.url}/v1/events`)).status).to.equal(200);
    expect(calls).to.equal(1);
  });

  it('goes on when one does not wait for its answer, or does not read it to the end', async () => {
    const body = 'x'.repeat(2_000_000);
    const f = () => ({ statusCode: 200, body });
    api = await openLocalApi({ functions: { f }, door: {} });
    const impatient = httpRequest(api.url).on('error', () => {});
    impatient.end();
    await once(impatient, 'socket');
    impatient.destroy();
    const reader = httpRequest(api.url);
    reader.end();
    const [response] = await once(reader, 'response');
    response.once('error', () => {});
    response.destroy();
    expect((await (await fetch(api.url)).text()).length).to.equal(body.length);
  });
});
