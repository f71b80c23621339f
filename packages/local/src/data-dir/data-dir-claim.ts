import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Throws one clear sentence while another local AWS uses the directory. */
export async function expectUnclaimed(dataDir: string): Promise<void> {
  const url = claimantOf(dataDir);
  if (url === undefined) return;
  // A process that was killed leaves its claim: a claim counts only if its process answers.
  const answer = await fetch(`${url}/_weir/health`).catch(() => undefined);
  if (answer?.ok !== true) return;
  const health = (await answer.json().catch(() => undefined)) as { readonly pid?: unknown } | null | undefined;
  const pid = health?.pid;
  // Another program has the port now.
  if (typeof pid !== 'number') return;
  throw new Error(`The local AWS at ${url} (process ${pid}) uses ${dataDir}: end it, or set WEIR_DATA_DIR.`);
}

/** Writes into the directory which process uses it; returns a function that removes this. */
export function claim(dataDir: string, url: string): () => void {
  mkdirSync(dataDir, { recursive: true });
  writeFileSync(claimFile(dataDir), url);
  return () => rmSync(claimFile(dataDir), { force: true });
}

/** The address of the local AWS that has claimed the directory; it may be gone. */
export function claimantOf(dataDir: string): string | undefined {
  try {
    return readFileSync(claimFile(dataDir), 'utf8');
  } catch {
    return undefined;
  }
}

function claimFile(dataDir: string): string {
  return join(dataDir, 'claimed-by');
}
