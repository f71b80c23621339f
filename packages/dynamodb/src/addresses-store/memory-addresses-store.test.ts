import { describeAddressesStore } from './addresses-store.contract.ts';
import { createMemoryAddressesStore } from './memory-addresses-store.ts';

describeAddressesStore('in memory', async () => createMemoryAddressesStore());
