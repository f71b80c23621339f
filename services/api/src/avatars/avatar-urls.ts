import type { ImageType } from './images/image-types.ts';

/** An address to send one object to, once. */
export interface UploadAddress {
  readonly method: 'PUT';
  readonly url: string;
  /** What the sender has to send along: each is part of the signature. The length is, too, and every client sends it. */
  readonly headers: Readonly<Record<string, string>>;
}

/** Makes addresses that carry their own permission, for some minutes. */
export interface AvatarUrls {
  signUpload(object: { key: string; contentType: ImageType; bytes: number }): Promise<UploadAddress>;
  signDownload(key: string, contentType: ImageType): Promise<string>;
}
