/** The key of an object as S3's events write it: percent-encoded as forms are, a blank as a plus. Undefined if it is not. */
export function decodeObjectKey(encoded: string): string | undefined {
  try {
    return decodeURIComponent(encoded.replaceAll('+', ' '));
  } catch {
    return undefined;
  }
}
