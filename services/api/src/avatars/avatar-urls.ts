import type { ImageType } from './images/image-types.ts';

/** An address to which one object can be sent, once. */
export interface UploadAddress {
  readonly method: 'PUT';
  readonly url: string;
  /**
   * The headers that the sender must send, as each is part of the signature. So is the length, which every client sends.
   */
  readonly headers: Readonly<Record<string, string>>;
}

/** Makes addresses that contain their own permission, for some minutes. */
export interface AvatarUrls {
  signUpload(object: { key: string; contentType: ImageType; bytes: number }): Promise<UploadAddress>;
  signDownload(key: string, contentType: ImageType): Promise<string>;
}
