import { expect } from 'chai';
import type { ServiceRegistration } from '../../registration/service-registration.ts';
import { functionEvent } from '../testing/function-event.ts';
import { subscriptionNotices } from './subscription-notices.ts';

const arnOf = (name: string) => `arn:aws:lambda:eu-west-1:000000000000:function:${name}`;
const to = (Protocol: string, Endpoint: unknown) => ({
  Type: 'AWS::SNS::Subscription',
  Properties: { TopicArn: 'arn:aws:sns:eu-west-1:000000000000:alerts', Protocol, Endpoint },
});

describe('the subscriptions that are not carried out', () => {
  const told = (resources: ServiceRegistration['resources']) => {
    const own = functionEvent([], { invoke: async () => ({ outcome: 'unreachable' }), resources });
    return subscriptionNotices([{ ...own, scope: { ...own.scope, functions: own.registration.functions } }]);
  };

  it('are none of those to queues, and to functions of the service', () => {
    const Own = to('lambda', { 'Fn::GetAtt': ['ShrinkLambdaFunction', 'Arn'] });
    const resources = { Queue: to('sqs', 'arn:x'), Own, ByArn: to('lambda', arnOf('weir-api-local-shrink')) };
    expect(told(resources)).to.deep.equal([]);
  });

  it('are named, with the reason, also those inside a topic', () => {
    const Subscription = [{ Protocol: 'email', Endpoint: 'a@b.test' }];
    const ignored = 'as it is no function of this service, and ignores it (give the function an sns event)';
    expect(
      told({
        Other: to('lambda', arnOf('weir-reports-local-build')),
        Imported: to('lambda', { 'Fn::ImportValue': 'x' }),
        Page: to('https', 'https://a.test'),
        Alerts: { Type: 'AWS::SNS::Topic', Properties: { Subscription } },
      }),
    ).to.deep.equal([
      `The subscription Other: The local AWS does not invoke ${arnOf('weir-reports-local-build')}, ${ignored}`,
      `The subscription Imported: The local AWS does not invoke {"Fn::ImportValue":"x"}, ${ignored}`,
      'The subscription Page: The local AWS sends nothing by https, and ignores it',
      'A subscription of the topic Alerts: The local AWS sends nothing by email, and ignores it',
    ]);
  });
});
