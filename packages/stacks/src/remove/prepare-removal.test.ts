import { expect } from 'chai';
import type { Template } from '../account/template.ts';
import { createFakeAccount, type FakeAccount, type FakeAccountOptions } from '../testing/fake-account.ts';
import { prepareRemoval } from './prepare-removal.ts';

/** A template that a service declares, or with which a stack was deployed, by what happens to its data. */
function stackThat(DeletionPolicy: 'Delete' | 'RetainExceptOnCreate' | 'Retain'): Template {
  return {
    Resources: {
      Archive: { Type: 'AWS::S3::Bucket', DeletionPolicy },
      Metrics: { Type: 'AWS::DynamoDB::Table', DeletionPolicy },
      Machine: { Type: 'AWS::StepFunctions::StateMachine' },
      ServerlessDeploymentBucket: { Type: 'AWS::S3::Bucket' },
    },
  };
}

interface Said {
  readonly account: FakeAccount;
  readonly lines: readonly string[];
  readonly problem: string | undefined;
}

async function prepare(declared: Template, keepsData: boolean, options: FakeAccountOptions): Promise<Said> {
  const account = createFakeAccount(options);
  const lines: string[] = [];
  const deps = { account, sleep: async () => {}, say: (line: string) => void lines.push(line) };
  const problem = await prepareRemoval(deps, { stackName: 'weir-dev', declared, keepsData }).then(
    () => undefined,
    (error: Error) => error.message,
  );
  return { account, lines, problem };
}

describe('the removal of a stack', () => {
  it('ends executions and empties what goes, but not the framework’s own bucket', async () => {
    const gone = stackThat('Delete');
    const options = { deployed: gone, objects: { Archive: 7 }, executions: 2 };
    const { account, lines } = await prepare(gone, false, options);
    expect(account.calls).to.deep.equal([
      'end executions of Machine',
      'deny writes to Archive',
      'empty Archive',
      'empty Archive',
    ]);
    expect(lines).to.include('Ended 2 executions of Machine').and.include('Removed 7 objects from Archive');
  });

  it('empties nothing where data stays, and says what stays', async () => {
    const kept = stackThat('RetainExceptOnCreate');
    const { account, lines } = await prepare(kept, true, { deployed: kept });
    expect(account.calls).to.deep.equal(['end executions of Machine']);
    expect(lines).to.deep.equal(['Resources that hold data stay: Archive, Metrics']);
  });

  it('empties nothing that the deployed stack keeps, whatever the stage says', async () => {
    const { account } = await prepare({ Resources: {} }, false, { deployed: stackThat('Retain') });
    expect(account.calls).to.deep.equal(['end executions of Machine']);
  });

  it('is refused if the stage does not keep data that its stack would keep', async () => {
    const { account, problem } = await prepare(stackThat('Delete'), false, { deployed: stackThat('Retain') });
    expect(problem).to.match(
      /does not keep its data, but weir-dev, as it was last deployed, would keep Archive, Metrics.*deploy it once more/,
    );
    expect(account.calls).to.deep.equal([]);
  });

  it('is refused if the stage keeps data that its stack would delete', async () => {
    const options = { deployed: stackThat('Delete') };
    const { account, problem } = await prepare(stackThat('RetainExceptOnCreate'), true, options);
    expect(problem).to.match(
      /keeps its data, but weir-dev, as it was last deployed, would delete Archive, Metrics.*deploy it once more/,
    );
    expect(account.calls).to.deep.equal([]);
  });

  it('goes on after one that failed half-way', async () => {
    const gone = stackThat('Delete');
    const { account } = await prepare(gone, false, { deployed: gone, physicalIds: { Metrics: 'metrics' } });
    expect(account.calls).to.deep.equal([]);
  });

  it('has nothing to do where there is no stack', async () => {
    const { account, problem } = await prepare(stackThat('Delete'), false, {});
    expect([account.calls, problem]).to.deep.equal([[], undefined]);
  });
});
