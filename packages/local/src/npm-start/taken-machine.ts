import { join } from 'node:path';
import { claimantOf } from '../data-dir/data-dir-claim.ts';
import { wantedPorts } from '../local-stage/local-stage.ts';
import { busyPortProblem, findBusyPort } from '../ports/busy-port.ts';
import { freeOffset } from '../ports/free-offset.ts';
import { localPorts } from '../ports/local-ports.ts';

/** What `npm start` is about to take. */
export interface WantedMachine {
  readonly portOffset: number;
  /** The folder of the state and the logs. */
  readonly weirDir: string;
  /** The names of the services. */
  readonly services: readonly string[];
}

/** One sentence if other programs have the state or a port: which they are if they are Weir's, and what to do. */
export async function takenMachineProblem({
  portOffset,
  weirDir,
  services,
}: WantedMachine): Promise<string | undefined> {
  const dataDir = join(weirDir, 'data');
  const own = await runningAws(claimantOf(dataDir));
  if (own !== undefined) {
    return `The local AWS of serverless offline runs at ${own.url} (pid ${own.pid}${own.services}) on the same state, ${dataDir}: end it with Ctrl-C there or \`kill ${own.pid}\`, then run npm start again.`;
  }
  const portsOf = (offset: number) => wantedPorts(localPorts(offset), services);
  const busy = await findBusyPort(portsOf(portOffset));
  if (busy === undefined) return undefined;
  const free = await freeOffset(portsOf);
  const other = await runningAws(`http://127.0.0.1:${localPorts(portOffset).aws}`);
  if (other === undefined) return busyPortProblem(busy, free);
  return `Another Weir runs at ${other.url} (pid ${other.pid}${other.services}), on a state of its own: end it, or run beside it with \`npm start -- --port-offset ${free}\`.`;
}

interface RunningAws {
  readonly url: string;
  readonly pid: number;
  /** `, with weir-api`; nothing while no service has joined. */
  readonly services: string;
}

/** The local AWS at this address; undefined if there is none, or another program answers there. */
async function runningAws(url: string | undefined): Promise<RunningAws | undefined> {
  if (url === undefined) return undefined;
  const health = await read<{ readonly pid?: unknown }>(`${url}/_weir/health`);
  if (typeof health?.pid !== 'number') return undefined;
  const services = (await read<readonly { readonly name: string }[]>(`${url}/_weir/services`)) ?? [];
  const names = services.map(({ name }) => name).join(' and ');
  return { url, pid: health.pid, services: names === '' ? '' : `, with ${names}` };
}

const TIMEOUT_MS = 2_000;

async function read<Answer>(url: string): Promise<Answer | undefined> {
  try {
    return (await (await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS) })).json()) as Answer;
  } catch {
    return undefined;
  }
}
