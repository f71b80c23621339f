import { expect } from 'chai';
import { checkStage } from './check-stage.ts';

const FITTING = {
  streamRetentionHours: 24,
  streamMode: 'PROVISIONED',
  keepData: 'true',
  maximumRecordAgeSeconds: 79_200,
  idWindowSeconds: 3600,
  erasureLastPassSeconds: 172_800,
  erasureOrphansSeconds: 5400,
  timeZone: 'America/New_York',
  mailDomain: 'mail.shop.example',
  mailsPerDay: 200,
  apiUrl: 'https://a1b2.execute-api.eu-west-1.amazonaws.com/production',
  onCall: 'true',
  canary: 'none',
  alarmActions: ['arn:aws:sns:eu-west-1:000000000000:on-call'],
};

describe('checkStage', () => {
  it('takes a stage whose parameters fit together, as numbers and as texts of the command line', () => {
    check(FITTING);
    const texts = Object.entries(FITTING).map(([name, value]) => [name, Array.isArray(value) ? value : String(value)]);
    check(Object.fromEntries(texts));
    check({ ...FITTING, streamMode: 'ON_DEMAND', canary: 'Linear10PercentEvery1Minute' });
    check({ ...FITTING, tableMaxReadUnits: '2000', tableMaxWriteUnits: 0 });
    check({ ...FITTING, erasureConcurrency: null, thumbnailConcurrency: 1, reportConcurrency: '20' });
  });

  for (const [name, value, sentence] of [
    ['streamRetentionHours', 12, /streamRetentionHours is 12, and must be 24 to 168/],
    ['streamRetentionHours', 336, /streamRetentionHours is 336, and must be 24 to 168/],
    ['maximumRecordAgeSeconds', 590_000, /maximumRecordAgeSeconds is 590000, and must be 60 to 82800/],
    ['erasureLastPassSeconds', 86_400, /erasureLastPassSeconds is 86400, and must be at least 90000/],
    ['erasureOrphansSeconds', 60, /erasureOrphansSeconds is 60, and must be at least 3600/],
    ['idWindowSeconds', 86_400, /idWindowSeconds is 86400, and must be 0 to 14400/],
    ['idWindowSeconds', 'an hour', /idWindowSeconds is "an hour"/],
    ['streamMode', 'on-demand', /streamMode is "on-demand", and must be PROVISIONED or ON_DEMAND/],
    ['keepData', 'yes', /keepData is "yes", and must be true or false/],
    ['timeZone', 'Europe/Atlantis', /timeZone is "Europe\/Atlantis", and must be a name of the IANA time zone/],
    ['timeZone', '+01:00', /timeZone is "\+01:00"/],
    ['timeZone', 'SystemV/EST5', /timeZone is "SystemV\/EST5"/],
    ['timeZone', '', /timeZone is ""/],
    ['mailDomain', 'weir@shop.example', /mailDomain is "weir@shop.example", and must be a domain/],
    ['mailDomain', 'shop', /mailDomain is "shop"/],
    ['erasureConcurrency', 1, /erasureConcurrency is 1, and must be 2 to 1000/],
    ['thumbnailConcurrency', 0, /thumbnailConcurrency is 0, and must be 1 to 1000/],
    ['reportConcurrency', 'many', /reportConcurrency is "many"/],
    ['mailsPerDay', 0, /mailsPerDay is 0, and must be 1 to 1000000/],
    ['apiUrl', '', /apiUrl is "", and must be the https:\/\/ address of the API/],
    ['apiUrl', 'http://localhost:3000', /apiUrl is "http:/],
    ['apiUrl', 'https://api.shop.example/v1', /without \/v1/],
    ['tableMaxWriteUnits', 100, /tableMaxWriteUnits is 100, and must be 400 to 40000/],
    ['tableMaxReadUnits', 'few', /tableMaxReadUnits is "few"/],
    ['apiDomain', 'api.shop.example', /apiDomain needs certificateArn/],
    ['redisUrl', 'rediss://user:password@cache.shop.example', /set redisSecret to the secret's name/],
    ['canary', 'Canary50Percent', /canary is "Canary50Percent", and must be none or Canary10Percent5Minutes or/],
    ['onCall', 'sometimes', /onCall is "sometimes", and must be true or false/],
  ] as const) {
    it(`refuses ${name} ${value}`, () => {
      expect(() => check({ ...FITTING, [name]: value })).to.throw(sentence);
    });
  }

  it('needs no address of the API for a stage that sends no mail, and takes any on one machine', () => {
    check({ ...FITTING, mailDomain: '', apiUrl: '' });
    check({ ...FITTING, apiUrl: 'http://localhost:3000' }, 'local');
  });

  it('takes a password of the Redis of one machine', () => {
    check({ ...FITTING, redisUrl: 'redis://:password@127.0.0.1:6379' }, 'local');
  });

  it('says everything that is wrong at once', () => {
    const wrong = { ...FITTING, streamRetentionHours: 168, streamMode: '' };
    expect(() => check(wrong)).to.throw(/erasureLastPassSeconds[\s\S]*streamMode/);
  });

  it('lets erasures of the stage of one machine wait for seconds', () => {
    const seconds = { ...FITTING, erasureLastPassSeconds: 10, erasureOrphansSeconds: 10 };
    check(seconds, 'local');
    expect(() => check(seconds)).to.throw();
  });

  for (const stage of ['production', 'dev', 'pr-17', 'x', 'a'.repeat(30)]) {
    it(`takes the name ${stage}`, () => check(FITTING, stage));
  }

  for (const stage of ['Production', 'pr_17', '-a', 'a-', '', 'a'.repeat(31)]) {
    it(`refuses the name "${stage}"`, () => {
      expect(() => check(FITTING, stage)).to.throw(/lower-case letters, digits and dashes/);
    });
  }

  it('checks only the name of a service without such parameters', () => check(undefined));
});

function check(parameters: object | undefined, stage = 'production'): void {
  const provider = { stage, compiledCloudFormationTemplate: { Resources: {} } };
  const service = { provider, custom: { stage: parameters }, getAllFunctions: () => [], getFunction: () => ({}) };
  checkStage({ serviceDir: '', service, classes: { Error } });
}
