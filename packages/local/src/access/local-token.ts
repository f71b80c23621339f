import { randomBytes, timingSafeEqual } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Reads the token that programs send to change what the local AWS does, or makes a new one. It is kept beside the state, and
 * only this user can read it. So a service that joins a running local AWS finds the same token.
 */
export function localToken(weirDir: string): string {
  mkdirSync(weirDir, { recursive: true });
  const file = join(weirDir, 'token');
  return readToken(file) ?? createToken(file);
}

function readToken(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8').trim() || undefined;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

function createToken(file: string): string {
  try {
    writeFileSync(file, `${newSecret()}\n`, { flag: 'wx', mode: 0o600 });
  } catch (error) {
    // Another process was first: its token is ours too.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  const token = readToken(file);
  if (token === undefined) throw new Error(`${file} is empty: remove it, and start again`);
  return token;
}

/** A secret that nobody can guess. */
export function newSecret(): string {
  return randomBytes(24).toString('base64url');
}

/** Whether a header is `Bearer` and this token. */
export function bearsToken(authorization: string | undefined, token: string): boolean {
  const given = Buffer.from(authorization ?? '');
  const wanted = Buffer.from(`Bearer ${token}`);
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}
