import { expect } from 'chai';
import { checkRule } from './check-rule.ts';
import { ruleBody } from './rule-body.ts';

const LEAST = { name: 'n', action: 'checkout', comparison: 'above', threshold: 1 };

/** The pointers and details of a rule's faults. */
function faultsOf(body: object): string[] {
  const checked = checkRule(JSON.parse(JSON.stringify(body)));
  return checked.kind === 'valid' ? [] : checked.faults.map(({ pointer, detail }) => `${pointer} ${detail}`);
}

function ruleOf(body: object) {
  const checked = checkRule(JSON.parse(JSON.stringify(body)));
  if (checked.kind === 'faults') throw new Error(JSON.stringify(checked.faults));
  return checked.value;
}

describe('a rule', () => {
  it('has defaults for all but its name, action, comparison and threshold', () => {
    expect(ruleOf(LEAST)).to.deep.equal({
      ...{ ...LEAST, field: 'count', interval: 'minute', lateSeconds: 60, repeat: 'recovered', cooldownSeconds: 600 },
      ...{ enabled: true, channels: [{ type: 'webhook' }] },
    });
    const relative = { to: 'week', percent: 50 };
    const { threshold: _threshold, ...others } = LEAST;
    expect(ruleOf({ ...others, relative })).to.deep.include({ relative: { ...relative, minCount: 0 } });
    expect(ruleOf({ ...others, comparison: 'silent' })).to.not.have.any.keys('threshold', 'relative');
  });

  it('is read as it is written', () => {
    const channels = [
      { type: 'webhook', endpointId: 'e1' },
      { type: 'email', to: 'ops@shop.example' },
      { type: 'webhook' },
    ];
    const whole = {
      ...{ name: 'Zoë’s', action: '*', field: 'p95', interval: 'day', comparison: 'below', lateSeconds: 0 },
      ...{ relative: { to: 'previous', percent: 2.5, minCount: 20 }, repeat: 'cooldown', cooldownSeconds: 0 },
      ...{ enabled: false, mutedUntil: '2026-01-01T00:00:00.000Z', channels },
    };
    expect(ruleBody(ruleOf(whole))).to.deep.equal(whole);
    expect(ruleOf({ ...whole, mutedUntil: '2026-01-01T02:00:00+02:00' })).to.include({
      mutedUntil: 1_767_225_600_000,
    });
    expect(ruleOf({ ...whole, channels: [] })).to.deep.include({ channels: [] });
  });

  for (const action of ['a', 'checkout.*', '*', 'a'.repeat(128), `${'a'.repeat(127)}*`, '__other__', 'a:b-c_d.e']) {
    it(`may be about ${action.slice(0, 20)}`, () => expect(faultsOf({ ...LEAST, action })).to.deep.equal([]));
  }

  for (const action of ['', '.', '..', 'a*b', '**', 'a b', 'ä', 'a'.repeat(129), `${'a'.repeat(128)}*`, 'a\n']) {
    it(`is not about ${JSON.stringify(action).slice(0, 20)}`, () => {
      expect(faultsOf({ ...LEAST, action }).join()).to.match(/^\/action must be 1 to 128/);
    });
  }

  const relative = { to: 'day', percent: 5 };
  const email = { type: 'email', to: 'a@b.example' };
  for (const [name, body, ...faults] of [
    [
      'needs a threshold or a relation',
      { threshold: undefined },
      '/threshold is missing: give a threshold, or relative',
    ],
    ['has not both', { relative }, '/relative a rule has a threshold or relative: remove one of them'],
    [
      'that is silent has neither',
      { comparison: 'silent', relative },
      '/threshold a silent rule has no threshold: remove it',
      '/relative a silent rule has no relative: remove it',
    ],
    [
      'that is silent looks at the count',
      { comparison: 'silent', threshold: undefined, field: 'sum' },
      '/field a silent rule looks at the count: remove field',
    ],
    ['has no users in minutes', { field: 'users' }, '/field minutes have no users: give the interval hour or day'],
    ['has no p95 in minutes', { field: 'p95' }, '/field minutes have no p95: give the interval hour or day'],
    ['has a mean in minutes', { field: 'mean' }],
    ['has users in hours', { field: 'users', interval: 'hour' }],
    [
      'sends no email without an address',
      { channels: [{ type: 'email' }] },
      '/channels/0/to is missing: an email needs an address',
    ],
    [
      'sends no email to what is no address',
      { channels: [{ type: 'email', to: 'zoë@shop.example' }] },
      '/channels/0/to must be an address such as zoe@shop.example, in ASCII',
    ],
    [
      'sends no email to an endpoint',
      { channels: [{ ...email, endpointId: 'e1' }] },
      '/channels/0/endpointId an email has an address instead: remove endpointId',
    ],
    [
      'calls no webhook at an address of mails',
      { channels: [email, { type: 'webhook', to: 'a@b' }] },
      '/channels/1/to a webhook has an endpointId instead',
    ],
    [
      'is told at ten places at most',
      { channels: Array(11).fill({ type: 'webhook' }) },
      '/channels must have at most 10 elements',
    ],
    [
      'is muted until a time',
      { mutedUntil: 'soon' },
      '/mutedUntil must be an RFC 3339 time, such as 2030-01-01T00:00:00Z',
    ],
    [
      'is muted until a time that can be',
      { mutedUntil: '1969-01-01T00:00:00Z' },
      '/mutedUntil must be an RFC 3339 time from 1970 to 9999',
    ],
    ['has a finite threshold', { threshold: 1e16 }, '/threshold must be -1000000000000000 to 1000000000000000'],
    ['has no fields of its own', { window: 5 }, '/window is not a known field'],
  ] as const) {
    it(name, () => expect(faultsOf({ ...LEAST, ...body })).to.deep.equal(faults));
  }
});
