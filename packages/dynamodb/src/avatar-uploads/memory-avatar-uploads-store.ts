import type { AvatarUpload, AvatarUploadsStore, UploadName } from './avatar-uploads-store.ts';

/** Uploads in memory, for tests. */
export class MemoryAvatarUploadsStore implements AvatarUploadsStore {
  readonly #uploads = new Map<string, AvatarUpload>();

  async create(upload: AvatarUpload): Promise<void> {
    this.#uploads.set(`${upload.owner}/${upload.uploadId}`, upload);
  }

  async find({ owner, uploadId }: UploadName): Promise<AvatarUpload | undefined> {
    return this.#uploads.get(`${owner}/${uploadId}`);
  }

  async forget(owner: string): Promise<void> {
    for (const [name, upload] of this.#uploads) {
      if (upload.owner === owner) this.#uploads.set(name, { ...upload, userId: undefined });
    }
  }
}
