import { expect } from 'chai';
import { provisionedProblems } from './provisioned-problems.ts';

const FITTING = {
  provisionedConcurrency: 5,
  provisionedAtRest: 1,
  provisionedFrom: '07:00',
  provisionedUntil: '19:30',
  canary: 'none',
};

describe('provisionedProblems', () => {
  it('takes no instances, instances all day, and instances by hours', () => {
    for (const given of [
      {},
      { ...FITTING, provisionedConcurrency: 0, canary: 'Canary10Percent5Minutes' },
      { ...FITTING, provisionedFrom: '', provisionedUntil: '' },
      FITTING,
      { ...FITTING, provisionedConcurrency: '5', provisionedAtRest: '2', canary: undefined },
    ]) {
      expect(provisionedProblems(given)).to.deep.equal([]);
    }
  });

  for (const [name, value, sentence] of [
    ['provisionedConcurrency', -1, /^- provisionedConcurrency is -1, and must be 1 to 1000/],
    ['provisionedConcurrency', 'many', /^- provisionedConcurrency is "many"/],
    ['provisionedAtRest', 0, /^- provisionedAtRest is 0, and must be 1 to 1000: .*the next deployment fails$/],
    [
      'provisionedFrom',
      '7:00',
      /^- provisionedFrom and provisionedUntil are "7:00" and "19:30", and must be two times/,
    ],
    ['provisionedFrom', '', /are "" and "19:30"/],
    ['provisionedUntil', '07:00', /are "07:00" and "07:00"/],
    ['provisionedUntil', '24:00', /and "24:00"/],
    ['canary', 'Canary10Percent5Minutes', /^- provisionedConcurrency and the canary Canary10Percent5Minutes exclude/],
  ] as const) {
    it(`refuses ${name} ${JSON.stringify(value)}`, () => {
      const problems = provisionedProblems({ ...FITTING, [name]: value });
      expect(problems).to.have.length(1);
      expect(problems[0]).to.match(sentence);
    });
  }
});
