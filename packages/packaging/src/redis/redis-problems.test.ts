import { expect } from 'chai';
import { redisProblems } from './redis-problems.ts';

const ARN = 'arn:aws:secretsmanager:eu-west-1:000000000000:secret:shop/redis-a1B2c3';

describe('redisProblems', () => {
  for (const fitting of [
    {},
    { redisUrl: '', redisSecret: '' },
    { redisUrl: 'redis://10.0.0.1' },
    { redisUrl: 'rediss://cache.shop.example:6379/0' },
    { redisUrl: 'redis://[fd00::1]:6379' },
    { redisSecret: 'shop/redis' },
    { redisSecret: ARN },
    { redisZones: 'use1-az1,use1-az2' },
    { redisZones: 'use1-az1,use1-az12' },
  ]) {
    it(`takes ${JSON.stringify(fitting)}`, () => expect(redisProblems(fitting)).to.deep.equal([]));
  }

  for (const redisUrl of [
    'rediss://user:hidden@cache.shop.example:6379',
    'rediss://:hidden@cache.shop.example:6379',
    'rediss://hidden@cache.shop.example:6379',
    'rediss://cache.shop.example:6379?password=hidden',
    '{{resolve:secretsmanager:hidden}}',
    'https://hidden',
  ]) {
    it(`refuses ${redisUrl} with a sentence that does not repeat it, and says what to do`, () => {
      const [problem, ...others] = redisProblems({ redisUrl });
      expect(others).to.deep.equal([]);
      expect(problem)
        .to.match(/^- redisUrl .* set redisSecret to the secret's name$/)
        .and.not.include('hidden');
    });
  }

  for (const [redisSecret, sentence] of [
    ['a name', /redisSecret is "a name", and must be the name or the ARN/],
    [ARN.slice(0, -7), /must be the name or the ARN/],
    ['rediss://user:password@host', /must be the name or the ARN/],
  ] as const) {
    it(`refuses the secret ${redisSecret}`, () => expect(redisProblems({ redisSecret })[0]).to.match(sentence));
  }

  for (const redisZones of [
    'use1-az1',
    'use1-az1,use1-az1',
    'use1-az1,usw2-az2',
    'us-east-1a,us-east-1b',
    'use1-az1, use1-az2',
  ]) {
    it(`refuses the zones ${redisZones}`, () => {
      expect(redisProblems({ redisZones })[0]).to.match(/must be the ids of two availability zones: use1-az1,use1-az2/);
    });
  }

  it('refuses more than one Redis', () => {
    const [problem, ...others] = redisProblems({ redisUrl: 'redis://10.0.0.1', redisZones: 'use1-az1,use1-az2' });
    expect(problem).to.match(/set one of them/);
    expect(others).to.deep.equal([]);
  });
});
