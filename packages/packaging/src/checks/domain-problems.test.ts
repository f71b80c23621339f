import { expect } from 'chai';
import { domainProblems } from './domain-problems.ts';

const REGION = 'eu-west-1';
const FITTING = {
  apiDomain: 'api.shop.example',
  pushDomain: 'push.shop.example',
  certificateArn: 'arn:aws:acm:eu-west-1:000000000000:certificate/0a1b-2c3d',
  hostedZoneId: 'Z0123456789ABCDEFGHIJ',
  webAclArn: 'arn:aws:wafv2:eu-west-1:000000000000:regional/webacl/shop/0a1b-2c3d',
};

describe('domainProblems', () => {
  it('takes no domain at all, and domains with a certificate or a zone', () => {
    const { certificateArn, hostedZoneId } = FITTING;
    for (const given of [{}, FITTING, { ...FITTING, certificateArn: '' }, { ...FITTING, hostedZoneId: '' }]) {
      expect(domainProblems(given, REGION)).to.deep.equal([]);
    }
    expect(domainProblems({ apiDomain: '', pushDomain: '', certificateArn, hostedZoneId }, REGION)).to.deep.equal([]);
  });

  for (const [name, value, sentence] of [
    [
      'apiDomain',
      'https://api.shop.example',
      /^- apiDomain is "https:.*, and must be a domain, like api.shop.example$/,
    ],
    ['apiDomain', 'API.shop.example', /^- apiDomain is "API.shop.example"/],
    ['pushDomain', 'push', /^- pushDomain is "push"/],
    ['pushDomain', FITTING.apiDomain, /^- pushDomain is the same as apiDomain/],
    ['hostedZoneId', '/hostedzone/Z0123', /^- hostedZoneId is "\/hostedzone\/Z0123", and must be the id of a zone/],
    ['certificateArn', FITTING.certificateArn.replace(REGION, 'us-east-1'), /the stage's region eu-west-1$/],
    ['certificateArn', 'a certificate', /^- certificateArn is "a certificate", and must be the ARN of a certificate/],
    ['webAclArn', FITTING.webAclArn.replace('regional', 'global'), /must be the ARN of a regional web ACL/],
    ['webAclArn', FITTING.webAclArn.replace(REGION, 'us-east-1'), /^- webAclArn is/],
  ] as const) {
    it(`refuses ${name} ${value}`, () => {
      const problems = domainProblems({ ...FITTING, [name]: value }, REGION);
      expect(problems).to.have.length(1);
      expect(problems[0]).to.match(sentence);
    });
  }

  it('refuses a domain that ACM certifies only beside a shorter one', () => {
    const given = (letters: number) => ({ ...FITTING, apiDomain: `${'a'.repeat(letters - 13)}.shop.example` });
    expect(domainProblems({ ...given(64), certificateArn: '' }, REGION)).to.deep.equal([]);
    expect(domainProblems({ ...given(65), certificateArn: '' }, REGION).join()).to.match(/more than 64 letters/);
    expect(domainProblems(given(65), REGION)).to.deep.equal([]);
  });

  it('refuses a domain that nobody proves to be theirs', () => {
    const bare = { ...FITTING, certificateArn: '', hostedZoneId: '' };
    expect(domainProblems(bare, REGION).join()).to.match(/apiDomain needs certificateArn.*pushDomain needs/);
  });
});
