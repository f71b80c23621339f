import { MemoryUsersStore } from './memory-users-store.ts';
import { describeUsersStore } from './users-store.contract.ts';

describeUsersStore('in memory', async () => new MemoryUsersStore());
