/**
 * Decodes an object's key from an S3 event, which is percent-encoded like a form, with a plus for a space. Undefined if
 * it cannot be decoded.
 */
export function decodeObjectKey(encoded: string): string | undefined {
  try {
    return decodeURIComponent(encoded.replaceAll('+', ' '));
  } catch {
    return undefined;
  }
}
