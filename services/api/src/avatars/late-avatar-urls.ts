import type { AvatarUrls } from './avatar-urls.ts';

/** Addresses whose maker is loaded when the first is asked for. */
export function createLateAvatarUrls(load: () => Promise<AvatarUrls>): AvatarUrls {
  return {
    signUpload: async (object) => (await load()).signUpload(object),
    signDownload: async (key, contentType) => (await load()).signDownload(key, contentType),
  };
}
