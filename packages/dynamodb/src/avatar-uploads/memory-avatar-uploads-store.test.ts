import { describeAvatarUploadsStore } from './avatar-uploads-store.contract.ts';
import { MemoryAvatarUploadsStore } from './memory-avatar-uploads-store.ts';

describeAvatarUploadsStore('in memory', async () => new MemoryAvatarUploadsStore());
