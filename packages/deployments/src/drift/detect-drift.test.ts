import { expect } from 'chai';
import type { ComparedResource, DetectionState, DriftReader } from '../aws/drift-reader.ts';
import { describeDrift } from './describe-drift.ts';
import { detectDrift, isFaulty } from './detect-drift.ts';

const IN_SYNC = { type: 'AWS::SQS::Queue', status: 'IN_SYNC', differences: [] };

/** An account in which CloudFormation needs some polls for each stack. */
class FakeReader implements DriftReader {
  polls = 3;
  end: DetectionState = { isOver: true };
  stacks: Record<string, readonly ComparedResource[]> = {};
  private readonly polled = new Map<string, number>();

  constructor() {
    for (const service of ['ingest-stream', 'reports', 'notifications', 'api']) {
      this.stacks[`weir-${service}-staging`] = [{ logicalId: 'Queue', ...IN_SYNC }];
    }
  }

  start = async (stack: string) => (this.stacks[stack] ? stack : undefined);

  state = async (id: string): Promise<DetectionState> => {
    const polled = (this.polled.get(id) ?? 0) + 1;
    this.polled.set(id, polled);
    return polled > this.polls ? this.end : { isOver: false };
  };

  compared = async (stack: string) => this.stacks[stack] ?? [];
  listed = async (stack: string) => [
    ...(this.stacks[stack] ?? []),
    { logicalId: 'Group', type: 'AWS::CodeDeploy::DeploymentGroup' },
  ];
}

describe('detectDrift', () => {
  let reader: FakeReader;
  let waited: number;

  beforeEach(() => {
    reader = new FakeReader();
    waited = 0;
  });

  const detect = () =>
    detectDrift(
      {
        reader,
        wait: async (ms) => {
          waited += ms;
        },
      },
      'staging',
    );

  it('waits for each stack, and says what cannot be seen', async () => {
    const found = await detect();
    expect(found.map(({ stack }) => stack)).to.deep.equal(Object.keys(reader.stacks));
    expect(found.filter(isFaulty)).to.deep.equal([]);
    expect(waited).to.equal(4 * 3 * 5000);
    expect(describeDrift('staging', found))
      .to.include('| weir-api-staging | 1 | none |')
      .and.include('DeploymentGroup');
  });

  it('names what differs, by its property and without its value', async () => {
    const status = 'MODIFIED';
    reader.stacks['weir-api-staging'] = [
      { logicalId: 'Queue', ...IN_SYNC },
      { logicalId: 'Key|Table', type: 'AWS::DynamoDB::Table', status, differences: ['/BillingMode'] },
    ];
    const found = await detect();
    expect(found.filter(isFaulty).map(({ stack }) => stack)).to.deep.equal(['weir-api-staging']);
    expect(describeDrift('staging', found)).to.include(
      '| weir-api-staging | 2 | **Key\\|Table** (AWS::DynamoDB::Table) MODIFIED: /BillingMode |',
    );
  });

  it('is a fault if a resource or a stack is gone', async () => {
    reader.stacks['weir-reports-staging'] = [{ logicalId: 'Queue', ...IN_SYNC, status: 'DELETED' }];
    delete reader.stacks['weir-api-staging'];
    const found = await detect();
    expect(found.filter(isFaulty).map(({ stack }) => stack)).to.deep.equal([
      'weir-reports-staging',
      'weir-api-staging',
    ]);
    expect(describeDrift('staging', found)).to.include('| weir-api-staging |  | **there is no such stack** |');
  });

  it('is a fault if something could not be compared, or not in time', async () => {
    reader.end = { isOver: true, failure: 'Access denied\nto a key' };
    expect((await detect()).every(isFaulty)).to.equal(true);
    expect(describeDrift('staging', await detect())).to.include('Access denied to a key');
    reader.polls = Number.POSITIVE_INFINITY;
    expect((await detect())[0]).to.include({ failure: 'CloudFormation takes too long' });
  });
});
