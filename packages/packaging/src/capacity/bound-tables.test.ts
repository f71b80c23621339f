import { expect } from 'chai';
import type { TemplateResource } from '../framework/serverless.ts';
import { boundTables } from './bound-tables.ts';

describe('boundTables', () => {
  for (const [given, bounds] of [
    [
      { tableMaxReadUnits: 2000, tableMaxWriteUnits: '1000' },
      { MaxReadRequestUnits: 2000, MaxWriteRequestUnits: 1000 },
    ],
    [{ tableMaxReadUnits: 0, tableMaxWriteUnits: 1000 }, { MaxWriteRequestUnits: 1000 }],
    [{ tableMaxReadUnits: '0', tableMaxWriteUnits: 0 }, undefined],
    [undefined, undefined],
  ] as const) {
    it(`gives ${JSON.stringify(bounds)} to a table, and nothing to others, with ${JSON.stringify(given)}`, () => {
      const Table: TemplateResource = { Type: 'AWS::DynamoDB::Table', Properties: { BillingMode: 'PAY_PER_REQUEST' } };
      const Queue: TemplateResource = { Type: 'AWS::SQS::Queue', Properties: {} };
      boundTables({
        provider: { stage: 'production', compiledCloudFormationTemplate: { Resources: {} } },
        ...{ custom: { stage: given }, resources: [{ Resources: { Table, Queue } }] },
        getAllFunctions: () => [],
        getFunction: () => ({}),
      });
      expect(Table.Properties).to.deep.equal({
        BillingMode: 'PAY_PER_REQUEST',
        ...(bounds && { OnDemandThroughput: bounds }),
      });
      expect(Queue.Properties).to.deep.equal({});
    });
  }
});
