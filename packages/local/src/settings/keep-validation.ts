import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Change, changesBetween, makeChanges } from './changes-between.ts';

/** The part of osls that compares a service's settings with the schema of the framework and its plugins. */
export interface SchemaHandler {
  readonly schema: object;
  /** Throws for settings that do not fit; makes lists of single values where the schema wants lists. */
  validateConfig(settings: object): Promise<void>;
}

/**
 * Compares settings with the schema only if one of the two has changed since they last fitted: it takes a third of a second
 * of CPU, most of it for the schema. What the comparison changes in the settings is kept, and done again.
 */
export function keepValidation(handler: SchemaHandler, folder: string): void {
  const validate = handler.validateConfig;
  handler.validateConfig = async (settings) => {
    const before = JSON.stringify(settings);
    const key = createHash('sha256').update(JSON.stringify(handler.schema)).update(before).digest('hex');
    const file = join(folder, `${key}.json`);
    const kept = readChanges(file);
    if (kept !== undefined) return makeChanges(settings, kept);
    await validate.call(handler, settings);
    writeChanges(folder, file, changesBetween(JSON.parse(before), settings));
  };
}

function readChanges(file: string): readonly Change[] | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

/** It only saves time: where nothing can be written, the next start compares again. */
function writeChanges(folder: string, file: string, changes: readonly Change[]): void {
  const own = `${file}.${process.pid}`;
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(own, JSON.stringify(changes));
    renameSync(own, file);
  } catch {}
}
