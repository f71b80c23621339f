/** A table as in a template. Its keys are strings; a second one is the sort key. */
export function tableResource(TableName: string, keys: readonly string[] = ['pk', 'sk']) {
  return {
    Type: 'AWS::DynamoDB::Table',
    Properties: {
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: keys.map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
      KeySchema: keys.map((AttributeName, at) => ({ AttributeName, KeyType: at === 0 ? 'HASH' : 'RANGE' })),
    },
  };
}
