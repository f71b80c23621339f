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

  async listNames(wanted: string): Promise<UploadName[]> {
    const found = [...this.#uploads.values()].filter(({ owner }) => owner === wanted);
    return found.map(({ owner, uploadId }) => ({ owner, uploadId }));
  }

  async forget(names: readonly UploadName[]): Promise<void> {
    for (const { owner, uploadId } of names) {
      const name = `${owner}/${uploadId}`;
      const upload = this.#uploads.get(name);
      if (upload) this.#uploads.set(name, { ...upload, userId: undefined });
    }
  }
}
