import { readConfig, runtimeFields, text } from '@weir/config';
import { createDynamoDbClient } from '@weir/dynamodb';
import { createDynamoAddressesStore } from '@weir/dynamodb/addresses';
import { createTelemetry } from '@weir/logging';
import { createTracing } from '@weir/logging/tracer';
import { createFeedbackHandler } from '../feedback/feedback-handler.ts';

const config = readConfig({ ...runtimeFields, tableName: text('WEIR_NOTIFICATIONS_TABLE') });
const { traceClient } = createTracing(config);
const client = traceClient(createDynamoDbClient());

/** Ends addresses whose mails bounce for ever, or whose readers complain. */
export const handler = createFeedbackHandler(createTelemetry(config), {
  addresses: createDynamoAddressesStore({ client, tableName: config.tableName }),
  now: () => Date.now(),
});
