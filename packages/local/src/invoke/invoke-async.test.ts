import { expect } from 'chai';
import sinon from 'sinon';
import type { AwsClient } from '../aws-calls/aws-client.ts';
import { everyRight } from '../testing/every-right.ts';
import type { FunctionEvent } from './function-event.ts';
import { createInvokeAsync } from './invoke-async.ts';
import type { InvokeResult } from './lambda-invoke.ts';

const ARN = 'arn:aws:sns:us-east-1:000000000000:given-up';

function createFunction(invoke: (event: object) => Promise<InvokeResult>, onFailure?: unknown): FunctionEvent {
  const definition = { name: 'shrink', timeoutSeconds: 5, events: [], onFailure };
  const scope = { resources: {}, region: 'us-east-1', awsUrl: 'http://127.0.0.1:9' };
  const registration = { region: 'us-east-1' };
  return { functionKey: 'shrink', definition, invoke, scope, registration, lacks: everyRight } as never;
}

describe('createInvokeAsync', () => {
  const log = () => undefined;
  const pausesMs = [0, 0, 0];
  let sns: sinon.SinonStub;
  let aws: AwsClient;
  beforeEach(() => {
    sns = sinon.stub().resolves({ ok: true });
    aws = { sns } as unknown as AwsClient;
  });

  it('tries three times, and stops at the first that succeeds', async () => {
    const invoke = sinon.stub().resolves({ outcome: 'failed', reason: 'no' });
    invoke.onSecondCall().resolves({ outcome: 'returned', value: null });
    await createInvokeAsync(createFunction(invoke, ARN), { aws, log, pausesMs })({}, 'it');
    expect(invoke.callCount).to.equal(2);
    expect(sns.callCount).to.equal(0);
  });

  for (const onFailure of [ARN, { type: 'sns', arn: ARN }]) {
    it(`hands what fails each time to ${JSON.stringify(onFailure)}, with the reason`, async () => {
      const invoke = sinon.stub().resolves({ outcome: 'failed', reason: 'it threw' });
      await createInvokeAsync(createFunction(invoke, onFailure), { aws, log, pausesMs })({ a: 1 }, 'it');
      expect(invoke.callCount).to.equal(3);
      const [action, { TopicArn, Message }] = sns.firstCall.args as [string, Record<string, string>];
      expect([action, TopicArn]).to.deep.equal(['Publish', ARN]);
      expect(JSON.parse(Message ?? '')).to.deep.include({
        requestPayload: { a: 1 },
        responsePayload: { errorMessage: 'it threw' },
      });
    });
  }

  it('sends nothing to a destination that the role does not allow, and says so', async () => {
    const lines: string[] = [];
    const event = createFunction(sinon.stub().resolves({ outcome: 'failed', reason: 'it threw' }), ARN);
    const lacks = sinon.stub().returns('the role lacks it');
    await createInvokeAsync({ ...event, lacks }, { aws, log: (line) => lines.push(line), pausesMs })({}, 'it');
    expect(lacks.firstCall.args).to.deep.equal([[{ action: 'sns:Publish', resource: ARN }]]);
    expect(sns.callCount).to.equal(0);
    expect(lines.slice(2)).to.deep.equal([
      `shrink: ${ARN} did not take it: Error: AccessDenied: the role lacks it`,
      'shrink: Gave up it (RetriesExhausted: it threw), which is lost',
    ]);
  });

  it('drops an event without a destination, as Lambda does', async () => {
    const invoke = sinon.stub().resolves({ outcome: 'failed', reason: '{"errorType":"E","errorMessage":"no"}' });
    const lines: string[] = [];
    await createInvokeAsync(createFunction(invoke), { aws, log: (line) => lines.push(line), pausesMs })({}, 'it');
    const again = 'shrink: Failed, and will be tried again: E: no';
    expect(lines).to.deep.equal([again, again, 'shrink: Gave up it (RetriesExhausted: E: no), which is lost']);
  });

  it('tries as often as the function says, and not when the event has become too old', async () => {
    const invoke = sinon.stub().resolves({ outcome: 'failed', reason: 'no' });
    const event = createFunction(invoke, ARN);
    const own = (settings: object) => ({ ...event, definition: { ...event.definition, ...settings } });
    const conditionOf = (call: sinon.SinonSpyCall) =>
      JSON.parse((call.args[1] as { Message: string }).Message).requestContext.condition as string;
    await createInvokeAsync(own({ maximumRetryAttempts: 0 }), { aws, log, pausesMs })({}, 'it');
    expect([invoke.callCount, conditionOf(sns.firstCall)]).to.deep.equal([1, 'RetriesExhausted']);
    const clock = sinon.useFakeTimers({ toFake: ['Date'] });
    try {
      const deps = { aws, log, pausesMs: [0, 61_000], pause: async (ms: number) => clock.tick(ms) };
      await createInvokeAsync(own({ maximumEventAge: 60 }), deps)({}, 'it');
    } finally {
      clock.restore();
    }
    expect([invoke.callCount, conditionOf(sns.secondCall)]).to.deep.equal([2, 'EventAgeExceeded']);
  });

  it('hands the result of what succeeds to the on-success destination', async () => {
    const event = createFunction(sinon.stub().resolves({ outcome: 'returned', value: { b: 2 } }));
    const own = { ...event, definition: { ...event.definition, onSuccess: ARN } };
    await createInvokeAsync(own, { aws, log, pausesMs })({ a: 1 }, 'it');
    const { requestContext, ...record } = JSON.parse((sns.firstCall.args[1] as { Message: string }).Message);
    expect(requestContext).to.include({ condition: 'Success', approximateInvokeCount: 1 });
    expect(record).to.deep.include({
      ...{ requestPayload: { a: 1 }, responsePayload: { b: 2 } },
      responseContext: { statusCode: 200, executedVersion: '$LATEST' },
    });
  });

  it('runs four at once, and each in the end', async () => {
    let running = 0;
    let most = 0;
    const invoke = sinon.spy(async (): Promise<InvokeResult> => {
      running += 1;
      most = Math.max(most, running);
      await new Promise((resolve) => setTimeout(resolve, 2));
      running -= 1;
      return { outcome: 'returned', value: null };
    });
    const invokeAsync = createInvokeAsync(createFunction(invoke), { aws, log, pausesMs });
    await Promise.all(Array.from({ length: 30 }, () => invokeAsync({}, 'it')));
    expect([most, invoke.callCount]).to.deep.equal([4, 30]);
  });
});
