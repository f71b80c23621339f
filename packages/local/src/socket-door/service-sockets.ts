import { randomBytes, randomUUID } from 'node:crypto';
import { httpEventsOf, originsOf } from '../api-door/index.ts';
import type { Answer } from '../aws-calls/backend.ts';
import { errorReply } from '../aws-calls/error-reply.ts';
import { SYSTEM_CLOCK } from '../event-sources/mappings/source-clock.ts';
import { expectFreePort } from '../ports/expect-free-port.ts';
import type { ServiceRegistration, ServiceStatus } from '../registration/service-registration.ts';
import { templateRoutes } from './api/mock-route.ts';
import { socketApiOf } from './api/socket-api.ts';
import { openSocketDoor, type SocketDoor } from './socket-door.ts';

/** What the WebSocket API of the services needs. */
export interface ServiceSocketsDeps {
  readonly port: number;
  readonly services: () => readonly ServiceStatus[];
  /** Names of this machine beside its own. */
  readonly hosts: readonly string[];
  readonly log: (line: string) => void;
}

/** The WebSocket API of the services, if one of them has one. */
export interface ServiceSockets {
  /** Opens the door for the first service that needs it. Throws if another service has it already. */
  prepare(registration: ServiceRegistration): Promise<void>;
  /** Answers the calls of `@connections`. */
  readonly answer: Answer;
  /** undefined while no service has a WebSocket API. */
  url(): string | undefined;
  /** A sentence for each route of a template that is not carried out. */
  notices(): readonly string[];
  close(): Promise<void>;
}

/** As API Gateway's: they have to be encoded in a path. */
const ID_BYTES = 11;

/** Creates the WebSocket API of the services; its door opens with the first service that has `websocket` events. */
export function createServiceSockets({ port, services, hosts, log }: ServiceSocketsDeps): ServiceSockets {
  let door: Promise<SocketDoor> | undefined;
  let opened: SocketDoor | undefined;
  const open = async (stage: string) => {
    await expectFreePort(port);
    opened = await openSocketDoor({
      port,
      stage,
      api: () => services().flatMap((service) => socketApiOf(service) ?? [])[0],
      origins: () => originsOf(services().flatMap(({ functions }) => httpEventsOf(functions))),
      hosts,
      newConnectionId: () => `${randomBytes(ID_BYTES).toString('base64url')}=`,
      newRequestId: randomUUID,
      clock: SYSTEM_CLOCK,
    });
    return opened;
  };
  return {
    prepare: async (registration) => {
      for (const notice of templateRoutes(registration).notices) log(notice);
      if (socketApiOf(registration) === undefined) return;
      const other = services().find((service) => service.name !== registration.name && socketApiOf(service));
      if (other !== undefined) {
        throw new Error(
          `The local AWS has one WebSocket API, and it is that of ${other.name}: remove the websocket events of ${registration.name}, or run the two apart`,
        );
      }
      door ??= open(registration.stage);
      await door.catch((error: unknown) => {
        door = undefined;
        throw error;
      });
    },
    answer: async (call, head, body) =>
      opened?.answer(call, head, body) ?? errorReply(call, { status: 410, code: 'GoneException', message: 'Gone' }),
    url: () => opened?.url,
    notices: () => services().flatMap((service) => templateRoutes(service).notices),
    close: async () => {
      await (await door?.catch(() => undefined))?.close();
    },
  };
}
