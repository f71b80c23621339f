const UNWRITABLE = new Set(['EACCES', 'EPERM', 'EROFS', 'EEXIST', 'ENOTDIR']);

/** One sentence about a file or folder that this user cannot write; undefined for every other error. */
export function unwritableProblem(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const { code = '', path } = error as NodeJS.ErrnoException;
  if (!UNWRITABLE.has(code) || path === undefined) return undefined;
  return `${path} cannot be written (${code}): make its folder yours, or name another folder with WEIR_STATE_DIR.`;
}
