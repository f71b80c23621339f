import { expect } from 'chai';
import sinon from 'sinon';
import type { RedisLink } from '../redis/redis-link.ts';
import { createStageLimit } from './stage-limit.ts';

const CONFIG = { stage: 'test', ratePerSecond: 1, burst: 100 };
const now = () => 1_764_000_000_000;

function stageLimit(runScript: RedisLink['runScript']) {
  return createStageLimit({ config: CONFIG, redis: { runScript, get: sinon.stub(), close: () => undefined }, now });
}

describe('createStageLimit', () => {
  it('continues from the last answer of Redis if Redis cannot be reached: a spent burst is not given again', async () => {
    const runScript = sinon.stub();
    runScript.onFirstCall().resolves({ allowed: true, missingMicros: 98_000_000 });
    runScript.rejects(new Error('down'));
    const limit = stageLimit(runScript);
    expect((await limit('a')).headers.ratelimit).to.match(/r=2;/);
    expect((await limit('a')).headers.ratelimit).to.match(/r=1;/);
    expect((await limit('a')).headers.ratelimit).to.match(/r=0;/);
    expect((await limit('a')).refused?.name).to.equal('too-many-requests');
    expect((await limit('b')).headers.ratelimit).to.match(/r=99;/);
  });
});
