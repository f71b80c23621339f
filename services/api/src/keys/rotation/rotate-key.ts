/** The secret that is rotated, at Secrets Manager. */
export interface RotatedSecret {
  /** The labels of each version, by its id. */
  readStages(): Promise<Readonly<Record<string, readonly string[]>>>;
  /** The text of a version; undefined if it has none yet. */
  readText(versionId: string): Promise<string | undefined>;
  /** Gives a version without a text its text. Does nothing if it has one. */
  writeText(versionId: string, text: string): Promise<void>;
  /** Makes a version the one that callers get, in the place of another. That one becomes the previous one. */
  makeCurrent(versionId: string, instead: string | undefined): Promise<void>;
}

/** The event of Secrets Manager: one step of the rotation to a version. */
export interface RotationEvent {
  readonly Step: string;
  readonly SecretId: string;
  /** The id of the new version. */
  readonly ClientRequestToken: string;
}

/** Dependencies of `rotateKey`. */
export interface RotateKeyDeps {
  readonly secret: RotatedSecret;
  /** Makes a key that nobody can guess. */
  readonly newKey: () => string;
}

/** What a bootstrap key looks like; keys of callers begin with `weir_`. */
const KEY = /^(?!weir_)[!-~]{43,}$/;

/**
 * Does one step of a rotation. Secrets Manager calls the steps in their order, and each of them again if it fails: a
 * step that was done before changes nothing. Until the last step the new key is not accepted, and from then on both are.
 * Says whether the rotation has ended. Throws if the version is not the one that waits.
 */
export async function rotateKey({ secret, newKey }: RotateKeyDeps, event: RotationEvent): Promise<boolean> {
  const { Step: step, ClientRequestToken: versionId } = event;
  const stages = await secret.readStages();
  const own = stages[versionId] ?? [];
  if (own.includes('AWSCURRENT')) return true;
  if (!own.includes('AWSPENDING')) throw new Error(`the version ${versionId} does not wait for its rotation`);
  switch (step) {
    case 'createSecret':
      if ((await secret.readText(versionId)) === undefined) await secret.writeText(versionId, newKey());
      return false;
    case 'setSecret':
      // Whoever checks keys reads the secret: there is no other place.
      return false;
    case 'testSecret':
      if (!KEY.test((await secret.readText(versionId)) ?? '')) throw new Error('the new bootstrap key is no key');
      return false;
    case 'finishSecret':
      await secret.makeCurrent(versionId, versionWith('AWSCURRENT', stages));
      return true;
    default:
      throw new Error(`a rotation has no step ${step}`);
  }
}

function versionWith(label: string, stages: Readonly<Record<string, readonly string[]>>): string | undefined {
  return Object.keys(stages).find((id) => stages[id]?.includes(label));
}
