import { silentLog, type Telemetry } from '@weir/logging';
import type { Context, DynamoDBRecord, DynamoDBStreamEvent, SNSEvent } from 'aws-lambda';
import { expect } from 'chai';
import type { TableChange } from '../dispatch-change.ts';
import { createDispatchHandler } from './dispatch-handler.ts';

function createHandler(bad?: string) {
  const told: string[] = [];
  const meter = { count: () => undefined, observe: () => undefined };
  const telemetry: Telemetry = { log: silentLog, meter, observe: (_, work) => work() };
  const handler = createDispatchHandler(telemetry, {
    readChange: ({ dynamodb }) => {
      const after = { id: dynamodb?.Keys?.sk?.S };
      return after.id === 'none' ? undefined : ({ kind: 'firing', before: undefined, after } as TableChange);
    },
    dispatch: async ({ after }) => {
      const { id } = after as { readonly id: string };
      if (id === bad) throw new Error('no');
      told.push(id);
    },
    announceReport: async (announcement) => {
      if (announcement === bad) throw new Error('no');
      told.push(announcement);
    },
  });
  const records = (...ids: string[]) => {
    const Records = ids.map((id) => ({ dynamodb: { SequenceNumber: `n${id}`, Keys: { sk: { S: id } } } }));
    return handler({ Records: Records as DynamoDBRecord[] } as DynamoDBStreamEvent, {} as Context);
  };
  const topic = (Message: string) => handler({ Records: [{ Sns: { Message } }] } as SNSEvent, {} as Context);
  return { told, records, topic };
}

describe('the function that tells of changes', () => {
  it('tells of each record that somebody is told of', async () => {
    const { told, records } = createHandler();
    expect(await records('1', 'none', '2')).to.deep.equal({ batchItemFailures: [] });
    expect(told).to.deep.equal(['1', '2']);
  });

  it('names the first record that failed, and leaves those behind it to the retry', async () => {
    const { told, records } = createHandler('2');
    expect(await records('1', '2', '3')).to.deep.equal({ batchItemFailures: [{ itemIdentifier: 'n2' }] });
    expect(told).to.deep.equal(['1']);
  });

  it('tells of a report that the topic announces, and throws if it cannot', async () => {
    const { told, topic } = createHandler('bad');
    await topic('report');
    expect(told).to.deep.equal(['report']);
    expect(await topic('bad').catch(({ message }: Error) => message)).to.equal('no');
  });
});
