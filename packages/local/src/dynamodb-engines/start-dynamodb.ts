import { join } from 'node:path';
import { expectSqliteHeader } from '../data-dir/sqlite-header.ts';
import type { DynamoDbEngine } from './dynamodb-engine.ts';
import { startDynamoDbLocal } from './dynamodb-local.ts';
import { startDynoxide } from './dynoxide.ts';
import { findDynoxide } from './dynoxide-program.ts';
import { chooseEngine, ENGINE_VARIABLE, type EngineName } from './engine-name.ts';
import { expectOwnState, STATE_FILES } from './engine-state.ts';

/** Starts the tables, in memory or in `dataDir`, on the engine that the environment or the caller asks for. */
export async function startDynamoDb(
  dataDir: string | undefined,
  asked: EngineName | undefined,
  log: (line: string) => void = () => {},
): Promise<DynamoDbEngine> {
  const program = findDynoxide();
  const engine = chooseEngine(asked ?? process.env[ENGINE_VARIABLE], program !== undefined);
  if (dataDir !== undefined) {
    expectOwnState(dataDir, engine);
    expectSqliteHeader(join(dataDir, STATE_FILES[engine]));
  }
  const isDynoxide = engine === 'dynoxide' && program !== undefined;
  return isDynoxide ? startDynoxide(program, dataDir, log) : startDynamoDbLocal(dataDir);
}
