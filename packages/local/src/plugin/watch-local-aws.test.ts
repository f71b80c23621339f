import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import { type HttpBackend, startHttpBackend } from '../aws-door/testing/http-backend.ts';
import { watchLocalAws } from './watch-local-aws.ts';

describe('the watch of the local AWS', () => {
  let backend: HttpBackend;
  let lost: string[];
  beforeEach(async () => {
    lost = [];
    backend = await startHttpBackend((response) => response.writeHead(500).end());
  });
  afterEach(() => backend.close());

  it('says once that it has ended, and nothing as long as it answers, whatever it answers', async () => {
    const url = `http://127.0.0.1:${backend.port}`;
    const watching = watchLocalAws({ url, everyMs: 5, onLost: (sentence) => lost.push(sentence) });
    while (backend.requests.length < 5) await sleep(5);
    expect(lost).to.deep.equal([]);
    await backend.close();
    await watching;
    expect(lost).to.have.length(1);
    expect(lost[0]).to.include(`The local AWS at ${url} has ended`);
  });
});
