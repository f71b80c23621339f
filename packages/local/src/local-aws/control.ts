import { bearsToken } from '../access/local-token.ts';
import { isOwnHost } from '../access/own-host.ts';
import type { Reply, RequestHead } from '../aws-calls/aws-call.ts';
import { readAll } from '../aws-calls/read-all.ts';
import type { FaultRules } from '../aws-door/faults.ts';
import type { Exchange } from '../aws-door/listener.ts';
import { readFaultRules } from '../aws-door/read-fault-rules.ts';
import type { UsageCounter } from '../aws-door/usage.ts';
import type { ServiceRegistration, ServiceStatus } from '../registration/service-registration.ts';

/** What other processes may do with the local AWS, over HTTP below `/_weir/`. */
export interface ControlDeps {
  /** A program that changes something must send it. */
  readonly token: string;
  readonly usage: UsageCounter;
  readonly faults: FaultRules;
  readonly mailUrl: string;
  readonly register: (registration: ServiceRegistration) => Promise<void>;
  readonly unregister: (name: string) => Promise<void>;
  readonly services: () => readonly ServiceStatus[];
}

/**
 * | request | does |
 * |---|---|
 * | `GET /_weir/health` | who runs here: `{"status","pid","mailUrl"}` |
 * | `GET`, `DELETE /_weir/usage` | reads, or resets, the counts of calls |
 * | `POST`, `DELETE /_weir/faults` | adds a `FaultRule` or an array of them, or clears all |
 * | `GET /_weir/services` | the registered services |
 * | `POST`, `DELETE /_weir/services/<name>` | registers a service, or ends its event sources |
 *
 * Each request but a GET needs the token, as `authorization: Bearer …`; each body is JSON, and its type says so.
 */
export function createControl(deps: ControlDeps): (exchange: Exchange) => Promise<void> {
  return async (exchange) => {
    const body = await readAll(exchange.body);
    const refused = refusalOfChange(exchange.head, deps.token);
    if (refused !== undefined) return exchange.send(refused);
    try {
      exchange.send(await route(exchange.head, body, deps));
    } catch (error) {
      exchange.send(reply(500, { message: error instanceof Error ? error.message : String(error) }));
    }
  };
}

function refusalOfChange({ method, headers }: RequestHead, token: string): Reply | undefined {
  if (method === 'GET') return undefined;
  if (!bearsToken(headers.authorization?.toString(), token)) {
    return reply(401, { message: 'send authorization: Bearer <token>, with the token of .weir/local.json' });
  }
  const type = headers['content-type']?.toString().split(';')[0]?.trim().toLowerCase();
  if (method !== 'POST' || type === 'application/json') return undefined;
  return reply(415, { message: 'send JSON, and content-type: application/json' });
}

async function route({ method, target }: RequestHead, body: Buffer, deps: ControlDeps): Promise<Reply> {
  const [, , area, name] = target.split('?')[0]?.split('/') ?? [];
  switch (`${method} ${area}`) {
    case 'GET health':
      return reply(200, { status: 'ready', pid: process.pid, mailUrl: deps.mailUrl });
    case 'GET usage':
      return reply(200, deps.usage.usage());
    case 'DELETE usage':
      deps.usage.reset();
      return reply(200, {});
    case 'POST faults':
      return addFaults(body, deps);
    case 'DELETE faults':
      deps.faults.clear();
      return reply(200, {});
    case 'GET services':
      return reply(200, deps.services());
    case 'POST services':
      return register(body, deps);
    case 'DELETE services':
      await deps.unregister(decodeURIComponent(name ?? ''));
      return reply(200, {});
    default:
      return reply(404, { message: 'not found' });
  }
}

function addFaults(body: Buffer, { faults }: ControlDeps): Reply {
  const { rules, problem } = readFaultRules(body.toString('utf8'));
  if (rules === undefined) return reply(400, { message: problem });
  faults.add(rules);
  return reply(200, {});
}

/** All records of the stream are sent to the functions' address, so it must be on this machine. */
async function register(body: Buffer, deps: ControlDeps): Promise<Reply> {
  const registration = parse(body);
  if (registration === undefined) return reply(400, { message: 'the registration is no JSON' });
  const lambdaUrl = String(registration.lambdaUrl);
  const host = URL.canParse(lambdaUrl) ? new URL(lambdaUrl).host : undefined;
  if (!isOwnHost(host, [])) return reply(400, { message: `lambdaUrl is ${lambdaUrl}, and must be on 127.0.0.1` });
  await deps.register(registration);
  return reply(200, {});
}

function parse(body: Buffer): ServiceRegistration | undefined {
  try {
    return JSON.parse(body.toString('utf8')) ?? undefined;
  } catch {
    return undefined;
  }
}

function reply(status: number, value: object): Reply {
  return { status, headers: { 'content-type': 'application/json' }, body: Buffer.from(JSON.stringify(value)) };
}
