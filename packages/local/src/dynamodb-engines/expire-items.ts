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

/** Has dynoxide delete what has expired, again and again: by itself it never does. */
export function expireItems(tools: ToolServer): { stop(): void } {
  const stopping = new AbortController();
  const { signal } = stopping;
  void (async () => {
    let pauseMs = LOOK_EVERY_MS;
    while (await pause(pauseMs, signal)) {
      const began = performance.now();
      await callTool(tools, 'sweep_ttl', signal);
      pauseMs = Math.max(LOOK_EVERY_MS, PAUSES_PER_LOOK * (performance.now() - began));
    }
  })();
  return { stop: () => stopping.abort() };
}

/** False when it was cut short. */
function pause(ms: number, signal: AbortSignal): Promise<boolean> {
  return sleep(ms, true, { signal, ref: false }).catch(() => false);
}

/** If a look fails, the next one does its work; if the engine is gone, the door's calls say it. */
async function callTool({ port, token }: ToolServer, name: string, signal: AbortSignal): Promise<void> {
  const headers = {
    'content-type': 'application/json',
    accept: 'application/json, text/event-stream',
    authorization: `Bearer ${token}`,
  };
  const call = { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name, arguments: {} } };
  const body = JSON.stringify(call);
  const answer = await fetch(`http://127.0.0.1:${port}/mcp`, { method: 'POST', headers, body, signal }).catch(() => {});
  await answer?.text().catch(() => {});
}
