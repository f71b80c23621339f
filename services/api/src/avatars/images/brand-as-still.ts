/**
 * An AVIF whose every brand is `avif`, as the decoder takes it: of an animation (`avis`) it would not know the first brand, and
 * of others it wants what is not there. It decodes the still picture, which an animation has as its first frame.
 */
export function brandAsStill(avif: Buffer): Buffer {
  const still = Buffer.from(avif);
  const end = still.readUInt32BE(0);
  // Between the first brand and the compatible ones is a version.
  for (let at = 8; at + 4 <= end; at += 4) if (at !== 12) still.write('avif', at, 'latin1');
  return still;
}
