import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ENGINE_VARIABLE, type EngineName } from './engine-name.ts';

/** The file of each engine below its directory: two engines cannot read each other's. */
export const STATE_FILES: Readonly<Record<EngineName, string>> = {
  dynoxide: 'dynoxide.db',
  'dynamodb-local': 'shared-local-instance.db',
};

/** Throws where the tables in the directory were written by the other engine: streams and checkpoints belong to them. */
export function expectOwnState(dataDir: string, engine: EngineName): void {
  const other: EngineName = engine === 'dynoxide' ? 'dynamodb-local' : 'dynoxide';
  if (!existsSync(join(dataDir, STATE_FILES[other]))) return;
  throw new Error(
    `The tables in ${dataDir} were written by ${other}, and ${engine} cannot read them. To go on with them, set ${ENGINE_VARIABLE}=${other}${other === 'dynamodb-local' ? ' (it needs Java 17 or newer)' : ''}; to start anew without them, run \`npm run reset\``,
  );
}
