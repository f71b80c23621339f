import type { AvatarUrls } from './avatar-urls.ts';

/** Makes addresses with code that is loaded for the first address. */
export function createLateAvatarUrls(load: () => Promise<AvatarUrls>): AvatarUrls {
  return {
    signUpload: async (object) => (await load()).signUpload(object),
    signDownload: async (key, contentType) => (await load()).signDownload(key, contentType),
  };
}
