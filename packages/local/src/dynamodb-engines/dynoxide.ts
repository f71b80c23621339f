import { randomBytes, randomInt } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '../ports/free-port.ts';
import { spawnBound } from '../processes/bound-process.ts';
import { dynoxideDialect } from './dialects/dynoxide-dialect.ts';
import { type DynamoDbEngine, LOCALHOST } from './dynamodb-engine.ts';
import { STATE_FILES } from './engine-state.ts';
import { expireItems } from './expire-items.ts';
import { startProgram } from './start-program.ts';

/** Starts dynoxide, in memory or with its SQLite database in `dataDir`. */
export async function startDynoxide(
  program: string,
  dataDir: string | undefined,
  log: (line: string) => void,
): Promise<DynamoDbEngine> {
  if (dataDir !== undefined) mkdirSync(dataDir, { recursive: true });
  const store = dataDir === undefined ? [] : ['--db-path', join(dataDir, STATE_FILES.dynoxide)];
  const host = hiddenHost();
  const tools = { port: await freePort(), token: randomBytes(32).toString('hex') };
  // Its expiry of items is only to be had from its server of tools, on 127.0.0.1, which asks for the token.
  const toolArguments = ['--mcp', '--mcp-port', String(tools.port)];
  const env = { ...process.env, DYNOXIDE_MCP_AUTH_TOKEN: tools.token };
  const { port, child } = await startProgram({
    name: 'dynoxide',
    host,
    start: (port) =>
      spawnBound(program, ['serve', '--host', host, '--port', String(port), ...store, ...toolArguments], { env }),
  });
  const expiring = expireItems(tools, { log });
  const close = async () => {
    expiring.stop();
    await child.close();
  };
  return { host, port, pid: child.pid, dialect: dynoxideDialect, ended: child.reason, close };
}

/**
 * It answers every page in a browser that finds it, and no option forbids that. On Linux all of 127.0.0.0/8 is this
 * machine alone: an address and a port of some 38 random bits are not found.
 */
function hiddenHost(): string {
  if (process.platform !== 'linux') return LOCALHOST;
  return `127.${randomInt(1, 255)}.${randomInt(256)}.${randomInt(1, 255)}`;
}
