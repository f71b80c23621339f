import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect } from 'chai';
import fc from 'fast-check';
import { MAX_BODY_BYTES } from './bounded-body.ts';
import { slackBody } from './slack-body.ts';
import { standardBody } from './standard-body.ts';
import type { AlertData, WebhookData } from './webhook-data.ts';
import { WEBHOOK_EVENTS, type WebhookMessage } from './webhook-message.ts';
import { bodySchema } from './webhook-schemas.ts';

const AT = Date.UTC(2026, 0, 2, 3, 4, 5, 678);
const LONGEST = 'ü'.repeat(256);

function alertNamed(name: string): AlertData {
  return {
    ...{ firingId: 'a1-1767322980000', alert: { id: 'a1', name }, action: 'checkout', field: 'count' },
    ...{ comparison: 'above', relative: { to: 'week', percent: 50, minCount: 10 }, value: 31, baseline: 20, count: 31 },
    bucket: { start: '2026-01-02T03:03:00.000Z', end: '2026-01-02T03:04:00.000Z', interval: 'minute', closed: true },
    ...{ asOf: '2026-01-02T03:04:05.000Z', late: false },
  };
}

const SAMPLES: WebhookData = {
  'alert.fired': alertNamed('Checkouts'),
  'alert.recovered': {
    ...alertNamed('Checkouts'),
    recoveredAt: '2026-01-02T03:09:00.000Z',
    firedBucket: alertNamed('').bucket,
  },
  'report.ready': {
    ...{ reportId: 'daily-2026-01-01', kind: 'daily', revision: 1, path: '/v1/reports/daily-2026-01-01' },
    ...{ from: '2026-01-01T00:00:00.000Z', to: '2026-01-02T00:00:00.000Z' },
  },
  'user.erased': { erasureId: 'e1', userId: 'u_42', erasedAt: '2026-01-02T03:04:05.678Z' },
  'endpoint.disabled': { endpointId: 'w1', reason: 'failing', since: '2026-01-02T03:04:05.678Z' },
  'message.attempt.exhausted': {
    endpointId: 'w1',
    messageId: 'msg_1',
    type: 'alert.fired',
    attempts: 10,
    lastStatus: 503,
  },
  'endpoint.test': { endpointId: 'w1' },
};

const messages = Object.entries(SAMPLES).map(([type, data]) => ({ type, data, timestamp: AT }) as WebhookMessage);

describe('the body of a message', () => {
  it('is its type, its time and its data', () => {
    const [first] = messages;
    expect(JSON.parse(String(standardBody(first as WebhookMessage)))).to.deep.equal({
      ...{ type: 'alert.fired', timestamp: '2026-01-02T03:04:05.678Z' },
      data: SAMPLES['alert.fired'],
    });
  });

  it('fits the schema of its type and no other, also when it was cut', () => {
    const ajv = new Ajv2020({ validateFormats: false });
    const isFit = (of: WebhookMessage['type'], body: Buffer) => ajv.validate(bodySchema(of), JSON.parse(String(body)));
    for (const message of messages) {
      const fitting = messages.filter(({ type }) => isFit(type, standardBody(message)));
      expect(fitting).to.deep.equal([message]);
    }
    const data = alertNamed('x'.repeat(30_000));
    expect(isFit('alert.fired', standardBody({ type: 'alert.fired', timestamp: AT, data }))).to.equal(true);
  });

  it('is told whole with the longest texts that a caller can give', () => {
    const data = { ...alertNamed(LONGEST), action: LONGEST };
    const body = standardBody({ type: 'alert.fired', timestamp: AT, data });
    expect(JSON.parse(String(body)).data).to.deep.equal(data);
    expect(body.length).to.be.below(MAX_BODY_BYTES);
  });

  it('loses the ends of long texts, and says so, where it would be too long', () => {
    const data = { ...alertNamed('😀'.repeat(10_000)), action: 'b'.repeat(1_000) };
    const told = JSON.parse(String(standardBody({ type: 'alert.fired', timestamp: AT, data }))).data;
    expect(told).to.deep.equal({ ...data, alert: { id: 'a1', name: '😀'.repeat(1_024) }, truncated: true });
  });

  it('is under 20 KB and the same each time, whatever the data are', () => {
    const text = fc.string({ unit: 'binary', maxLength: 9_000 });
    const anything = fc.dictionary(fc.string(), fc.oneof(text, fc.array(text), fc.integer()));
    fc.assert(
      fc.property(anything, (any) => {
        const message = { type: 'alert.fired', timestamp: AT, data: any as unknown as AlertData } as const;
        const body = standardBody(message);
        expect(body.length).to.be.below(MAX_BODY_BYTES);
        expect(body.equals(standardBody(message))).to.equal(true);
        const { data } = JSON.parse(String(body));
        if (data.truncated !== true) expect(data).to.deep.equal(JSON.parse(JSON.stringify(any)));
      }),
    );
  });

  it('says only that it is cut, if there is too much beside texts', () => {
    const data = { ...alertNamed(''), more: Array.from({ length: 9_000 }, (_, number) => number) };
    const told = JSON.parse(String(standardBody({ type: 'alert.fired', timestamp: AT, data })));
    expect(told).to.deep.equal({
      type: 'alert.fired',
      timestamp: '2026-01-02T03:04:05.678Z',
      data: { truncated: true },
    });
  });

  it('is there for each event that an endpoint can ask for', () => {
    expect(Object.keys(SAMPLES)).to.include.members([...WEBHOOK_EVENTS]);
  });
});

describe('the body of a message for Slack', () => {
  it('says what happened', () => {
    expect(messages.map((message) => JSON.parse(String(slackBody(message))).text)).to.deep.equal([
      'Checkouts: count of checkout 31 is above 20 + 50 % (week)\nminute of 2026-01-02T03:03:00.000Z',
      'Recovered: Checkouts\ncount of checkout 31, minute of 2026-01-02T03:03:00.000Z; fired for the minute of 2026-01-02T03:03:00.000Z',
      'The daily report from 2026-01-01T00:00:00.000Z to 2026-01-02T00:00:00.000Z is ready: /v1/reports/daily-2026-01-01',
      'Erased u_42 (erasure e1)',
      'Endpoint w1 is disabled since 2026-01-02T03:04:05.678Z: failing',
      'Endpoint w1 did not take alert.fired msg_1 in 10 attempts',
      'This is a test of endpoint w1',
    ]);
  });

  it('is under 20 KB, whatever a name is', () => {
    for (const character of ['&', '\0', '😀', '\ud800', 'ü']) {
      const data = alertNamed(character.repeat(9_000));
      const body = slackBody({ type: 'alert.fired', timestamp: AT, data });
      expect(body.length).to.be.within(3_000, MAX_BODY_BYTES - 1);
    }
  });

  it('has no links or mentions that a name could make', () => {
    const data = alertNamed('<!channel> & <https://x.example|y>');
    const { text } = JSON.parse(String(slackBody({ type: 'alert.fired', timestamp: AT, data })));
    expect(text).to.match(/^&lt;!channel&gt; &amp; &lt;https:/);
  });
});
