/**
 * Returns the AVIF with `avif` as every brand, which the decoder accepts. The decoder does not know the first brand of an
 * animation (`avis`), and for other brands it expects parts that are missing. It decodes the still picture, which is the
 * first frame of an animation.
 */
export function brandAsStill(avif: Buffer): Buffer {
  const still = Buffer.from(avif);
  const end = still.readUInt32BE(0);
  // After the first brand stands a version, before the compatible brands.
  for (let at = 8; at + 4 <= end; at += 4) if (at !== 12) still.write('avif', at, 'latin1');
  return still;
}
