import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { load } from 'js-yaml';
import { checkStageChange } from '../../packages/deployments/src/template-change/check-stage-change.ts';
import { packageService, serviceNames } from './package-service.ts';
import type { Template } from './template.ts';

const ROOT = join(import.meta.dirname, '../..');
const STAGE = 'production';

/** Another value for each parameter of a stage. */
const CHANGED: Readonly<Record<string, string>> = {
  keepData: 'false',
  streamRetentionHours: '48',
  streamShards: '4',
  maximumRecordAgeSeconds: '160000',
  batchWindowSeconds: '2',
  maxActions: '2000',
  idWindowSeconds: '1800',
  rateLimitPerSecond: '50',
  rateLimitBurst: '500',
  redisUrl: 'rediss://redis.shop.example:6379',
  erasureGraceSeconds: '600',
  erasureIntervalSeconds: '7200',
  erasureSchedule: 'rate(30 minutes)',
  erasureLastPassSeconds: '600000',
  erasureOrphansSeconds: '7200',
  userActivity: 'false',
  partRetrySeconds: '60',
  pushPostsPerSecond: '100',
  mailDomain: 'mail.one.shop.example',
  mailsPerDay: '100',
  apiUrl: 'https://api.shop.example',
  timeZone: 'Europe/Vienna',
  logRetentionDays: '30',
  logLevel: 'DEBUG',
  throttleRate: '500',
  throttleBurst: '900',
  routeMetrics: 'false',
  metricsDisabled: 'true',
  corsOrigins: 'https://shop.example',
  contactUrl: 'mailto:ops@shop.example',
  alarmActions: 'arn:aws:sns:us-east-1:000000000000:other',
  onCall: 'false',
  runbooksUrl: 'https://runbooks.shop.example',
  erasureConcurrency: '3',
  thumbnailConcurrency: '5',
  reportConcurrency: '10',
  auditConcurrency: '4',
  apiDomain: 'api.one.shop.example',
  pushDomain: 'push.one.shop.example',
  hostedZoneId: 'Z0123456789ABCDEFGHIJ',
  webAclArn: 'arn:aws:wafv2:us-east-1:000000000000:regional/webacl/weir/1234',
  canary: 'none',
  provisionedConcurrency: '4',
  provisionedAtRest: '2',
  provisionedFrom: '07:00',
  provisionedUntil: '19:30',
  tableMaxReadUnits: '1000',
  tableMaxWriteUnits: '2000',
  permissionsBoundary: 'weir-boundary',
};

/** Not changed with those above: the first is changed by itself, and the others do not go together with them. */
const OTHERS = ['streamMode', 'certificateArn', 'redisSecret', 'redisZones', 'webhooksToThisMachine'];

/** What CloudFormation makes of a change that is not simply done, by the parameter. docs/stages.md lists the same. */
const FOUND: Readonly<Record<string, readonly string[]>> = {
  keepData: ['data-removed ingest-stream/BackupVault'],
  streamShards: ['stream-shards ingest-stream/EventStream'],
  streamMode: ['stream-mode ingest-stream/EventStream'],
  mailDomain: ['address-lost notifications/MailIdentity'],
  apiDomain: ['address-lost api/ApiDomain'],
  pushDomain: ['address-lost notifications/PushDomain'],
};
const TABLES = [
  ...['ingest-stream/MetricsTable', 'reports/ReportsTable', 'notifications/NotificationsTable'],
  ...['api/KeysTable', 'api/UsersTable', 'api/IdempotencyTable'],
];
/** What a parameter that is taken away leaves behind. */
const TAKEN_AWAY: Readonly<Record<string, readonly string[]>> = {
  streamShards: ['stream-shards ingest-stream/EventStream'],
  mailDomain: ['address-removed notifications/MailIdentity'],
  apiDomain: ['address-removed api/ApiDomain'],
  pushDomain: ['address-removed notifications/PushDomain'],
  tableMaxReadUnits: TABLES.map((table) => `bound-stays ${table}`),
};

type Stage = ReadonlyMap<string, Template>;

const rulesOf = (before: Stage, after: Stage) =>
  checkStageChange(before, after).map(({ rule, where }) => `${rule} ${where}`);

describe('a stage that runs, when its parameters change', () => {
  let running: Stage;
  let changed: Stage;

  before(() => {
    const params = Object.entries(CHANGED).map(([name, value]) => `${name}=${value}`);
    running = new Map(serviceNames().map((name) => [name, packageService(name, STAGE).template]));
    changed = new Map(serviceNames().map((name) => [name, packageService(name, STAGE, params).template]));
  });

  it('is changed by all that it takes', () => {
    const { params } = load(readFileSync(join(ROOT, 'serverless.common.yml'), 'utf8')) as {
      readonly params: Readonly<Record<'default' | 'production', object>>;
    };
    const known = [...Object.keys(CHANGED), ...OTHERS];
    const names = Object.keys({ ...params.default, ...params.production });
    expect(names.filter((name) => !known.includes(name))).to.deep.equal([]);
  });

  it('is changed in place, but for what docs/stages.md lists', () => {
    const found = rulesOf(running, changed);
    expect(found).to.have.members([...(FOUND.keepData ?? []), ...(FOUND.streamShards ?? [])]);
  });

  it('is changed back in place, but for the same', () => {
    expect(rulesOf(changed, running)).to.have.members(Object.values(TAKEN_AWAY).flat());
  });

  it('goes to a stream on demand in place, but not at any time', () => {
    const onDemand = packageService('ingest-stream', STAGE, ['streamMode=ON_DEMAND']).template;
    const found = rulesOf(running, new Map(running).set('ingest-stream', onDemand));
    expect(found).to.deep.equal(FOUND.streamMode);
  });

  it('has other addresses under other domains', () => {
    const moved = new Map(
      [...changed].map(([name, template]) => [
        name,
        JSON.parse(JSON.stringify(template).replaceAll('one.shop.example', 'two.shop.example')) as Template,
      ]),
    );
    const { mailDomain = [], apiDomain = [], pushDomain = [] } = FOUND;
    expect(rulesOf(changed, moved)).to.have.members([...mailDomain, ...apiDomain, ...pushDomain]);
  });

  it('is described so in docs/stages.md', () => {
    const page = readFileSync(join(ROOT, 'docs/stages.md'), 'utf8');
    const [, section = ''] = page.split('## Changing a stage that runs');
    const rows = [...(section.split('\n## ')[0] ?? '').matchAll(/^\| (`\w+`.*?) \|/gm)];
    const named = rows.flatMap(([, cell = '']) => [...cell.matchAll(/`(\w+)`/g)].map(([, name]) => name));
    expect(named).to.have.members([
      ...new Set([...Object.keys(FOUND), ...Object.keys(TAKEN_AWAY)]),
      'tableMaxWriteUnits',
    ]);
  });
});
