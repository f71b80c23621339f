import { describeDeliveriesStore } from './deliveries/deliveries-store.contract.ts';
import { describeRecoveries } from './deliveries/recoveries.contract.ts';
import { describeEndpointsStore } from './endpoints/endpoints-store.contract.ts';
import { createMemoryWebhooksStore } from './memory-webhooks-store.ts';

describeEndpointsStore('in memory', async () => createMemoryWebhooksStore());
describeDeliveriesStore('in memory', async () => createMemoryWebhooksStore());
describeRecoveries('in memory', async () => createMemoryWebhooksStore());
