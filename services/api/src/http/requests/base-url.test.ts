import { expect } from 'chai';
import { apiEvent } from '../../testing/api-event.ts';
import { baseUrlOf } from './base-url.ts';
import { toApiRequest } from './request.ts';

const ON_AWS = { Host: 'a1b2.execute-api.eu-west-1.amazonaws.com', 'X-Forwarded-Proto': 'https' };

function baseUrl(headers: Record<string, string>, rootPath = ''): string {
  return baseUrlOf(toApiRequest(apiEvent({ path: '/v1/docs', headers, rootPath })));
}

describe('the base URL', () => {
  for (const [what, headers, rootPath, expected] of [
    ['has the stage in AWS', ON_AWS, '/production', `https://${ON_AWS.Host}/production/v1`],
    ['has a stage named as the version is', ON_AWS, '/v1', `https://${ON_AWS.Host}/v1/v1`],
    [
      'has no stage under a domain of its own',
      { ...ON_AWS, Host: 'weir.example.com' },
      '',
      'https://weir.example.com/v1',
    ],
    [
      'has the port on one machine',
      { Host: 'localhost:3000', 'X-Forwarded-Proto': 'http' },
      '',
      'http://localhost:3000/v1',
    ],
    ['takes an address for a name', { Host: '[::1]:3000' }, '', 'http://[::1]:3000/v1'],
    ['is a path where the request names no host', {}, '/production', '/production/v1'],
  ] as const) {
    it(what, () => {
      expect(baseUrl(headers, rootPath)).to.equal(expected);
    });
  }

  for (const host of ['$(id)', 'a b', 'a"b', "a'b", '<b>', 'a/b', 'a@b', 'a`b`', 'a:b', '']) {
    it(`is a path where the host is ${JSON.stringify(host)}`, () => {
      expect(baseUrl({ Host: host })).to.equal('/v1');
    });
  }
});
