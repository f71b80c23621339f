/** Names an upload: its owner, and which of the owner's uploads. Together they are unique. */
export interface UploadName {
  /** Stands for the user without telling who it is. */
  readonly owner: string;
  readonly uploadId: string;
}

/** What was agreed when the address of an upload was given out. */
export interface AvatarUpload extends UploadName {
  /** Undefined after the person was erased. */
  readonly userId: string | undefined;
  readonly contentType: string;
  readonly bytes: number;
  /** Epoch milliseconds; afterwards the upload is unknown. */
  readonly keptUntil: number;
}

/** Uploads by their name: they lead from an object that arrives to the person it belongs to. Reads are consistent. */
export interface AvatarUploadsStore {
  /** Writes an upload; writing the same one again changes nothing. */
  create(upload: AvatarUpload & { readonly userId: string }): Promise<void>;
  find(name: UploadName): Promise<AvatarUpload | undefined>;
  /** Every upload of an owner that is known. */
  listNames(owner: string): Promise<UploadName[]>;
  /** Removes the user id from uploads: objects that still arrive for them are known, and belong to nobody. */
  forget(names: readonly UploadName[]): Promise<void>;
}
