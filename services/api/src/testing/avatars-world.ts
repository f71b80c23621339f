import type { UploadName } from '@weir/dynamodb/avatars';
import { MemoryAvatarUploadsStore } from '@weir/dynamodb/avatars/memory';
import { silentLog, silentMeter } from '@weir/logging';
import type { AvatarUrls } from '../avatars/avatar-urls.ts';
import type { AvatarsDeps } from '../avatars/avatars-deps.ts';
import { createAvatarsRoutes } from '../avatars/avatars-routes.ts';
import { createPresentAvatar } from '../avatars/present-avatar.ts';
import type { ThumbnailDeps } from '../avatars/settle/thumbnail-handler.ts';
import { ownerOf, uploadKey } from '../avatars/stored/upload-name.ts';
import { createAuthenticate } from '../http/callers/authenticate.ts';
import type { Route } from '../http/route.ts';
import { createServe } from '../serve/serve.ts';
import { type Answer, apiEvent, type EventParts, readAnswer } from './api-event.ts';
import { createMemoryAvatarObjects, type MemoryAvatarObjects } from './memory-avatar-objects.ts';
import { createMemoryRunOnce } from './memory-run-once.ts';
import { createUsersApi, NOW, type UsersApi } from './users-api.ts';

/** Avatars on stores in memory, with the calls of callers and of S3. */
export interface AvatarsWorld {
  readonly users: UsersApi;
  readonly uploads: MemoryAvatarUploadsStore;
  readonly objects: MemoryAvatarObjects;
  readonly deps: ThumbnailDeps;
  readonly routes: Route[];
  readonly call: (parts: EventParts) => Promise<Answer>;
  readonly addUser: (userId: string) => Promise<unknown>;
  /** Requests an upload address. Returns the name of the upload. */
  readonly request: (userId: string, contentType: string, size: number) => Promise<UploadName>;
  /** Requests an upload address, and puts the image there. */
  readonly upload: (userId: string, image: Buffer, contentType?: string) => Promise<UploadName>;
  /** The avatar in the user's profile, as an answer shows it. */
  readonly avatarOf: (userId: string) => Promise<unknown>;
}

/** The upload id with this index. */
export function uploadIdOf(index: number): string {
  return `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`;
}

const urls: AvatarUrls = {
  async signUpload({ key, contentType, bytes }) {
    return { method: 'PUT', url: `signed:${key}?bytes=${bytes}`, headers: { 'content-type': contentType } };
  },
  signDownload: async (key) => `signed:${key}`,
};

/** Makes a world without users. */
export function createAvatarsWorld(replaced: Partial<AvatarsDeps> = {}): AvatarsWorld {
  const uploads = new MemoryAvatarUploadsStore();
  const objects = createMemoryAvatarObjects();
  const users = createUsersApi({ presentAvatar: createPresentAvatar(urls) });
  let count = 0;
  const avatars = { ...users.deps, uploads, urls, newUploadId: () => uploadIdOf(count++), ...replaced };
  const routes = createAvatarsRoutes(avatars);
  const authenticate = createAuthenticate({ log: silentLog, now: () => NOW });
  const { runOnce } = createMemoryRunOnce();
  const serve = createServe({ routes, authenticate, runOnce, log: silentLog });
  const call = async (parts: EventParts) => readAnswer(await serve(apiEvent(parts)));

  const request = async (userId: string, contentType: string, size: number) => {
    const name = { owner: ownerOf(userId), uploadId: uploadIdOf(count) };
    const path = `/v1/users/${encodeURIComponent(userId)}/avatar`;
    const { status, body } = await call({ method: 'POST', path, body: JSON.stringify({ contentType, size }) });
    if (status !== 201) throw new Error(JSON.stringify(body));
    return name;
  };

  return {
    ...{ users, uploads, objects, routes, call, request },
    deps: { ...users.deps, uploads, objects, log: silentLog, meter: silentMeter },
    addUser: (userId) => users.call({ method: 'PUT', path: `/v1/users/${encodeURIComponent(userId)}`, body: '{}' }),
    upload: async (userId, body, contentType = 'image/png') => {
      const name = await request(userId, contentType, body.length);
      objects.objects.set(uploadKey(name), { body, contentType });
      return name;
    },
    avatarOf: async (userId) => {
      const { body } = await users.call({ path: `/v1/users/${encodeURIComponent(userId)}` });
      return body.avatar;
    },
  };
}
