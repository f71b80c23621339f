import type { DynamoDbEngine } from './dynamodb-engine.ts';

const ENDED = 'The program of the tables ended';

/** An engine that is started again once when it ends by itself. */
export interface KeptEngine {
  /** Leads to the program that runs at the moment. */
  readonly engine: DynamoDbEngine;
  /** Resolves with one sentence when the tables are gone for good. */
  readonly lost: Promise<string>;
}

/** How an engine is kept. */
export interface KeepOptions {
  readonly start: () => Promise<DynamoDbEngine>;
  /** Whether a new program finds the tables of the one before. */
  readonly hasState: boolean;
  /** Takes a sentence when the engine is started again. */
  readonly tell: (sentence: string) => void;
}

/** Starts the engine, and starts it again once if it ends by itself and its tables are on disk. */
export async function keepEngine({ start, hasState, tell }: KeepOptions): Promise<KeptEngine> {
  let current = await start();
  let closing = false;
  const watch = async (): Promise<string> => {
    let reason = await current.ended;
    if (closing) return never();
    if (!hasState) return `${ENDED} (${reason}), and its tables were in memory`;
    tell(`${ENDED} (${reason}), and is started again`);
    // The rest of it that is not the program.
    await current.close();
    current = await start();
    if (closing) await current.close();
    reason = await current.ended;
    return closing ? never() : `${ENDED} for the second time (${reason})`;
  };
  const lost = watch().catch((error: Error) => `${ENDED}, and could not be started again: ${error.message}`);
  const close = async () => {
    closing = true;
    await current.close();
  };
  return { engine: follow(() => current, close), lost };
}

function never(): Promise<string> {
  return new Promise(() => {});
}

/** The same object for all callers of the tables, whichever program runs. */
function follow(current: () => DynamoDbEngine, close: () => Promise<void>): DynamoDbEngine {
  const { dialect, notice } = current();
  return {
    get host() {
      return current().host;
    },
    get port() {
      return current().port;
    },
    get pid() {
      return current().pid;
    },
    get ended() {
      return current().ended;
    },
    dialect,
    ...(notice === undefined ? {} : { notice }),
    close,
  };
}
