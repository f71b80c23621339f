import sharp from 'sharp';

type Format = 'jpeg' | 'png' | 'webp' | 'gif' | 'avif';

/** A picture of one colour. */
export function plain(width: number, height: number, background = '#336699'): ReturnType<typeof sharp> {
  return sharp({ create: { width, height, channels: 3, background } });
}

/** A picture whose left half is red and whose right half is blue, 400 x 300. */
export async function redBlue(): Promise<Buffer> {
  const left = await plain(200, 300, '#ff0000').png().toBuffer();
  return plain(400, 300, '#0000ff')
    .composite([{ input: left, left: 0, top: 0 }])
    .png()
    .toBuffer();
}

/** Noise, which no format can compress. */
export function noise(width: number, height: number, format: Format): Promise<Buffer> {
  const noisy = { type: 'gaussian', mean: 128, sigma: 60 } as const;
  return sharp({ create: { width, height, channels: 3, background: '#000000', noise: noisy } })
    .toFormat(format)
    .toBuffer();
}

/** An animation of single-coloured frames. */
export async function animation(format: 'gif' | 'webp', colours: readonly string[]): Promise<Buffer> {
  const frames = await Promise.all(colours.map((colour) => plain(300, 300, colour).png().toBuffer()));
  return sharp(frames, { join: { animated: true } })
    .toFormat(format)
    .toBuffer();
}

/** Colour of one pixel of an image, `[red, green, blue]`. */
export async function pixelOf(image: Buffer, left: number, top: number): Promise<number[]> {
  const { data, info } = await sharp(image).raw().toBuffer({ resolveWithObject: true });
  const at = (top * info.width + left) * info.channels;
  return [...data.subarray(at, at + 3)];
}

/** A GIF of one red frame of 100 x 100 pixels, in the middle of a canvas of 300 x 300. */
export async function smallFrame(): Promise<Buffer> {
  const gif = await plain(100, 100, '#ff0000').gif().toBuffer();
  const frame = gif.indexOf(Buffer.from([0x2c, 0, 0, 0, 0, 100, 0, 100, 0]));
  // The encoder declares a colour as transparent. That would hide how the decoder shows the rest.
  const control = gif.indexOf(Buffer.from([0x21, 0xf9, 4]));
  if (control >= 0) gif.writeUInt8(gif.readUInt8(control + 3) & ~1, control + 3);
  for (const at of [6, 8]) gif.writeUInt16LE(300, at);
  for (const at of [frame + 1, frame + 3]) gif.writeUInt16LE(100, at);
  return gif;
}
