import { createMemoryKeysStore } from '@weir/dynamodb/keys/memory';
import { createRefusedTokens } from '@weir/keys';
import { silentLog, silentMeter } from '@weir/logging';
import type { APIGatewayProxyEvent, APIGatewayRequestAuthorizerEvent } from 'aws-lambda';
import { expect } from 'chai';
import { createAuthenticate } from '../http/callers/authenticate.ts';
import { createAuthorize } from '../keys/authorize.ts';
import { createIdentifyKey } from '../keys/identify-key.ts';
import { createServe } from '../serve/serve.ts';
import { createEveryRoute } from '../testing/every-route.ts';
import { PROBES } from './probes.ts';

const NOW = 1_796_000_000_000;
const now = () => NOW;

describe('the probes of versions', () => {
  for (const [key, probes] of Object.entries(PROBES)) {
    if (key === 'authorize') continue;
    it(`take the answers of a ${key} that works`, async () => {
      const authenticate = createAuthenticate({ log: silentLog, now });
      const serve = createServe({ routes: createEveryRoute({}), authenticate, log: silentLog });
      for (const { event, isRight } of probes) {
        const answer = await serve(event as APIGatewayProxyEvent);
        expect(isRight(answer), `${answer.statusCode} ${answer.body}`).to.equal(true);
        expect(isRight({ ...answer, statusCode: 503 })).to.equal(false);
      }
    });
  }

  it('take the answers of an authorizer that works, which looks for both kinds of keys', async () => {
    const reads: string[] = [];
    const store = createMemoryKeysStore();
    const noting = <A extends unknown[], R>(name: string, work: (...args: A) => R) => {
      return (...args: A): R => {
        reads.push(name);
        return work(...args);
      };
    };
    const authorize = createAuthorize({
      identify: createIdentifyKey({
        store: { ...store, find: noting('table', store.find) },
        readBootstrapKeys: noting('secret', async () => ['the-bootstrap-key']),
        refused: createRefusedTokens({ ttlMs: 5_000, maxTokens: 9, now }),
        noteUse: async () => undefined,
        now,
      }),
      ...{ log: silentLog, meter: silentMeter, budgetMs: 1_000 },
    });
    for (const { event, isRight } of PROBES.authorize ?? []) {
      expect(isRight(await authorize(event as APIGatewayRequestAuthorizerEvent))).to.equal(true);
      expect(isRight({ policyDocument: { Statement: [{ Effect: 'Allow' }] } })).to.equal(false);
    }
    expect(reads).to.deep.equal(['table', 'secret']);
  });
});
