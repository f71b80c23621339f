/**
 * Marks an id of a user in a page: `<bdi data-user="…">`. The text beside it may be shortened, broken or cleaned for
 * readers; an erasure finds the id by the mark.
 */
export function userMark(userId: string): string {
  // UTF-8 would make ids equal that differ in halves of surrogate pairs.
  return Buffer.from(userId, 'utf16le').toString('base64url');
}
