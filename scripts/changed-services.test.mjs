import { expect } from 'chai';
import { servicesToDeploy } from './changed-services.mjs';

const SERVICES = ['ingest-stream', 'api'];

describe('the services to deploy', () => {
  const cases = [
    [
      'none, when only docs and tests changed',
      ['docs/events.md', 'README.md', 'tests/a.ts', 'bench/a.ts', '.mocharc.unit.json'],
      [],
      [],
    ],
    ['the one whose files changed', ['services/api/src/a.ts'], ['@weir/api'], ['api']],
    [
      'those that depend on a changed package, owners first',
      ['packages/dynamodb/src/a.ts'],
      ['@weir/api', '@weir/dynamodb', '@weir/ingest-stream'],
      ['ingest-stream', 'api'],
    ],
    ['all, when a shared file at the root changed', ['serverless.common.yml'], [], SERVICES],
    ['all, when the lock file changed', ['package-lock.json', 'docs/a.md'], [], SERVICES],
    ['all, when an unknown file was added', ['something.new'], [], SERVICES],
    ['none, when only an unused package changed', ['packages/producer/a.ts'], ['@weir/producer'], []],
  ];
  for (const [name, files, changed, expected] of cases) {
    it(`are ${name}`, () => {
      expect(servicesToDeploy({ files, changed, services: SERVICES })).to.deep.equal(expected);
    });
  }
});
