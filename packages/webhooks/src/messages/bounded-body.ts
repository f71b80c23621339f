/** Receivers must not be made to take more: Standard Webhooks asks for less than 20 KB. */
export const MAX_BODY_BYTES = 20_000;

/** Texts are cut to these lengths, one after the other, until the body is short enough. No id is longer than the last. */
const TEXT_CHARACTERS = [2_048, 256, 64] as const;

/**
 * Makes a body of less than `MAX_BODY_BYTES`. If the data are too much for that, long texts in them are cut, and `truncated`
 * says so. If even that is too much, `truncated` is all that is told. The same data make the same body.
 */
export function boundedBody(data: object, write: (data: object) => Buffer): Buffer {
  const whole = write(data);
  if (whole.length < MAX_BODY_BYTES) return whole;
  for (const characters of TEXT_CHARACTERS) {
    const body = write({ ...cutTexts(data, characters), truncated: true });
    if (body.length < MAX_BODY_BYTES) return body;
  }
  return write({ truncated: true });
}

function cutTexts(data: object, characters: number): object {
  return JSON.parse(JSON.stringify(data), (_, value: unknown) => {
    return typeof value === 'string' ? cutText(value, characters) : value;
  });
}

/** The beginning of a text. A character of two units is not cut in its middle. */
export function cutText(text: string, characters: number): string {
  return text.length > characters ? text.slice(0, characters).replace(/[\ud800-\udbff]$/, '') : text;
}
