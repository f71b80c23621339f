/** Whether an entity tag satisfies `If-Match` (RFC 9110, 13.1.1): any tag does `*`, and weak ones match nothing. */
export function isMatch(ifMatch: string, tag: string): boolean {
  if (ifMatch.trim() === '*') return true;
  return ifMatch.split(',').some((candidate) => candidate.trim() === tag);
}
