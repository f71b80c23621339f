import { setTimeout as sleep } from 'node:timers/promises';

/** AWS takes up to a few days; nobody here wants to wait for that. */
const LOOK_EVERY_MS = 5000;
/** A look reads every table whose items expire, and nothing else is answered meanwhile: at most a twentieth of the time. */
const PAUSES_PER_LOOK = 19;

/** dynoxide's server of tools, on 127.0.0.1. */
export interface ToolServer {
  readonly port: number;
  readonly token: string;
}

/** How expired items are looked for. */
export interface ExpiryOptions {
  /** Gets one line for each kind of failure. If a look fails, the next one does its work. */
  readonly log: (line: string) => void;
  readonly lookEveryMs?: number;
}

/** Has dynoxide delete what has expired, again and again: by itself it never does. */
export function expireItems(tools: ToolServer, options: ExpiryOptions): { stop(): void } {
  const { log, lookEveryMs = LOOK_EVERY_MS } = options;
  const stopping = new AbortController();
  const { signal } = stopping;
  const logged = new Set<string>();
  void (async () => {
    let pauseMs = lookEveryMs;
    while (await pause(pauseMs, signal)) {
      const began = performance.now();
      const failure = await callTool(tools, 'sweep_ttl', signal);
      if (failure !== undefined && !logged.has(failure) && !signal.aborted) {
        logged.add(failure);
        log(`Expired items were not deleted, and the next try is in some seconds: ${failure}`);
      }
      pauseMs = Math.max(lookEveryMs, PAUSES_PER_LOOK * (performance.now() - began));
    }
  })();
  return { stop: () => stopping.abort() };
}

/** False when it was cut short. */
function pause(ms: number, signal: AbortSignal): Promise<boolean> {
  return sleep(ms, true, { signal, ref: false }).catch(() => false);
}

/** Why the tool failed; undefined if it did its work. */
async function callTool({ port, token }: ToolServer, name: string, signal: AbortSignal): Promise<string | undefined> {
  const headers = {
    'content-type': 'application/json',
    accept: 'application/json, text/event-stream',
    authorization: `Bearer ${token}`,
  };
  const call = { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name, arguments: {} } };
  const body = JSON.stringify(call);
  try {
    const answer = await fetch(`http://127.0.0.1:${port}/mcp`, { method: 'POST', headers, body, signal });
    const text = await answer.text();
    return answer.ok ? failureIn(text) : `status ${answer.status}: ${text.slice(0, 200)}`;
  } catch (error) {
    const { message, cause } = error as Error;
    return cause instanceof Error ? cause.message : message;
  }
}

/** A tool's failure is an error of JSON-RPC, or a result that says it is one (Model Context Protocol, "Tools"). */
function failureIn(text: string): string | undefined {
  return /"error"\s*:\s*\{|"isError"\s*:\s*true/.test(text) ? text.slice(0, 200) : undefined;
}
