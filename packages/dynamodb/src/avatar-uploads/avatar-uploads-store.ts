/** Which upload: of whom, and which of theirs. Together they are unique. */
export interface UploadName {
  /** Stands for the user and does not tell who they are. */
  readonly owner: string;
  readonly uploadId: string;
}

/** What was agreed when an address to upload to was given out. */
export interface AvatarUpload extends UploadName {
  /** Undefined once the person was erased. */
  readonly userId: string | undefined;
  readonly contentType: string;
  readonly bytes: number;
  /** Epoch milliseconds; afterwards the upload is unknown. */
  readonly keptUntil: number;
}

/** Uploads by their name, so that an object that arrives finds the person it belongs to. Reads are consistent. */
export interface AvatarUploadsStore {
  /** Writes an upload; one that is written again is the same. */
  create(upload: AvatarUpload & { readonly userId: string }): Promise<void>;
  find(name: UploadName): Promise<AvatarUpload | undefined>;
  /** Every upload of an owner that is known. */
  listNames(owner: string): Promise<UploadName[]>;
  /** Takes the user id out of uploads: what still arrives for them is known, and belongs to nobody. */
  forget(names: readonly UploadName[]): Promise<void>;
}
