import { expect } from 'chai';
import { checkStack } from './check-stack.ts';

const TABLE = 'AWS::DynamoDB::Table';
const ALARM = 'AWS::CloudWatch::Alarm';

describe('a rehearsed stack', () => {
  const planned = {
    ...{ Table: { Type: TABLE }, Other: { Type: TABLE }, Alarm: { Type: ALARM } },
    Mail: { Type: 'AWS::SNS::Topic', Condition: 'SendsMail' },
  };

  it('has each resource of its template, but those of which the emulator makes nothing', () => {
    const listed = ['Table', 'Other'].map((logicalId) => ({ logicalId, type: TABLE }));
    expect(checkStack(planned, listed)).to.deep.equal({ faults: [], seen: 2, unseen: 1 });
  });

  it('is at fault where it differs', () => {
    const listed = [
      { logicalId: 'Table', type: 'AWS::SQS::Queue' },
      { logicalId: 'Alarm', type: ALARM },
      { logicalId: 'Old', type: TABLE },
    ];
    expect(checkStack(planned, listed).faults).to.deep.equal([
      `Table is a AWS::SQS::Queue, and not a ${TABLE}`,
      `Other (${TABLE}) is not in the stack`,
      `Alarm is there: take ${ALARM} out of unseen-types.ts`,
      'Old is in the stack, and not in its template',
    ]);
  });
});
