import { expect } from 'chai';
import { mayMean, mentionsOf } from './mentions.ts';

const NAME = 'weir-dev-work';
const HERE = `\${AWS::Region}:\${AWS::AccountId}`;

describe('the mentions of a name', () => {
  const cases: readonly [string, unknown, readonly (string | undefined)[]][] = [
    ['are of anything outside of an ARN', { QUEUE: NAME, url: `https://sqs.x/1/${NAME}` }, [undefined, undefined]],
    ['are of the service of an ARN', `arn:\${AWS::Partition}:lambda:${HERE}:function:${NAME}:live`, ['lambda']],
    [
      'are of the service of an ARN in a text of JSON',
      JSON.stringify([`arn:aws:sqs:x:1:${NAME}`, NAME]),
      ['sqs', undefined],
    ],
    ['are each of its own ARN in a list', `arn:aws:sns:x:1:other,arn:aws:sqs:x:1:${NAME}`, ['sqs']],
    ['are none in a longer name', [`${NAME}-failed`, `the-${NAME}`], []],
  ];
  for (const [name, value, services] of cases) {
    it(name, () => {
      const found = mentionsOf(JSON.stringify(value), NAME).map(({ service }) => service);
      expect(found).to.deep.equal(services);
    });
  }

  it('may be of each type of their service', () => {
    expect(mayMean({ service: undefined }, 'AWS::SQS::Queue')).to.equal(true);
    expect(mayMean({ service: 'sqs' }, 'AWS::SQS::Queue')).to.equal(true);
    expect(mayMean({ service: 'states' }, 'AWS::StepFunctions::StateMachine')).to.equal(true);
    expect(mayMean({ service: 'sns' }, 'AWS::SQS::Queue')).to.equal(false);
  });
});
