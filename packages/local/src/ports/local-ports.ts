/** The number of each service in its local ports: 30x0 http, 30x1 lambda, 30x2 websocket. */
export const SERVICE_NUMBERS = { api: 1, 'ingest-stream': 2, reports: 3, notifications: 4 } as const;

/** A service of this repository that has fixed local ports. */
export type NumberedService = keyof typeof SERVICE_NUMBERS;

/** The ports that one service listens on under `serverless offline`. */
export interface ServicePorts {
  readonly http: number;
  readonly lambda: number;
  readonly websocket: number;
}

/** Every fixed local port; all move together with the offset. */
export interface LocalPorts {
  readonly aws: number;
  readonly api: number;
  /** Of the WebSocket API. */
  readonly sockets: number;
  service(name: NumberedService): ServicePorts;
}

/** The fixed local ports, all moved by `offset`. */
export function localPorts(offset = 0): LocalPorts {
  return {
    aws: 4566 + offset,
    api: 3000 + offset,
    sockets: 3001 + offset,
    service: (name) => {
      const base = 3000 + SERVICE_NUMBERS[name] * 10 + offset;
      return { http: base, lambda: base + 1, websocket: base + 2 };
    },
  };
}

/**
 * The service that a `serverless.yml` names, with or without the project's prefix; undefined if it has no fixed ports.
 */
export function numberedService(serviceName: string): NumberedService | undefined {
  const bare = serviceName.replace(/^weir-/, '');
  return bare in SERVICE_NUMBERS ? (bare as NumberedService) : undefined;
}
