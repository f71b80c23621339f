import type { PresentAvatar } from '../users/profile/present-user.ts';
import type { AvatarUrls } from './avatar-urls.ts';
import { readAvatarState } from './stored/avatar-state.ts';
import { originalKey, thumbnailKey } from './stored/upload-name.ts';

/**
 * Presents avatars with newly signed addresses. While a newer upload is expected or after it was rejected, the last
 * accepted one is presented.
 */
export function createPresentAvatar(urls: Pick<AvatarUrls, 'signDownload'>): PresentAvatar {
  return async (stored) => {
    const state = readAvatarState(stored);
    if (!state) return undefined;
    const { status, reason, shown } = state;
    if (!shown) return { status, ...(reason && { reason }) };
    const [url, thumbnailUrl] = await Promise.all([
      urls.signDownload(originalKey(shown.name), shown.type),
      urls.signDownload(thumbnailKey(shown.name), 'image/jpeg'),
    ]);
    return { status, ...(reason && { reason }), url, thumbnailUrl };
  };
}
