import type { AvatarObjects } from '../avatars/stored/avatar-objects.ts';

/** A bucket in memory. `beforeCall` is called before each call, and may throw. */
export interface MemoryAvatarObjects extends AvatarObjects {
  readonly objects: Map<string, { readonly body: Buffer; readonly contentType: string }>;
  readonly keys: () => string[];
  beforeCall: (call: string) => void | Promise<void>;
}

/** Makes an empty bucket. */
export function createMemoryAvatarObjects(): MemoryAvatarObjects {
  const objects: MemoryAvatarObjects['objects'] = new Map();
  return {
    objects,
    keys: () => [...objects.keys()].sort(),
    beforeCall: () => undefined,
    async describe(key) {
      await this.beforeCall('describe');
      const found = objects.get(key);
      return found && { bytes: found.body.length, contentType: found.contentType };
    },
    async read(key) {
      await this.beforeCall('read');
      return objects.get(key)?.body;
    },
    async write(key, body, contentType) {
      await this.beforeCall('write');
      objects.set(key, { body, contentType });
    },
    async list(prefix) {
      await this.beforeCall('list');
      return [...objects.keys()].filter((key) => key.startsWith(prefix));
    },
    async remove(keys) {
      await this.beforeCall('remove');
      for (const key of keys) objects.delete(key);
    },
  };
}
