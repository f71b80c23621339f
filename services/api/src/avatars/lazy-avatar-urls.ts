import type { AvatarUrls } from './avatar-urls.ts';

/** Addresses whose maker is loaded when the first is asked for; a load that failed is tried again. */
export function createLazyAvatarUrls(load: () => Promise<AvatarUrls>): AvatarUrls {
  let loading: Promise<AvatarUrls> | undefined;
  const loaded = () => {
    loading ??= load().catch((error: unknown) => {
      loading = undefined;
      throw error;
    });
    return loading;
  };
  return {
    signUpload: async (object) => (await loaded()).signUpload(object),
    signDownload: async (key, contentType) => (await loaded()).signDownload(key, contentType),
  };
}
