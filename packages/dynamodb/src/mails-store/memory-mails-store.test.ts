import { describeMailsStore } from './mails-store.contract.ts';
import { createMemoryMailsStore } from './memory-mails-store.ts';

describeMailsStore('in memory', async () => createMemoryMailsStore());
