/** The protocol that Weir speaks over a WebSocket. */
export const PROTOCOL = 'weir.v1';
/** Before the text of the key, in the other protocol that a client offers. */
export const KEY_PREFIX = 'weir.key.';

/** What a client offers when it connects. */
export interface OfferedProtocols {
  readonly isSpoken: boolean;
  /** The text of the client's key: browsers can send no other header. */
  readonly key: string | undefined;
}

/** Reads the header `Sec-WebSocket-Protocol`, in whatever case its name comes. */
export function offeredProtocols(headers: Readonly<Record<string, string | undefined>> | undefined): OfferedProtocols {
  const [, offered = ''] =
    Object.entries(headers ?? {}).find(([name]) => name.toLowerCase() === 'sec-websocket-protocol') ?? [];
  const protocols = offered.split(',').map((protocol) => protocol.trim());
  const key = protocols.find((protocol) => protocol.startsWith(KEY_PREFIX))?.slice(KEY_PREFIX.length);
  return { isSpoken: protocols.includes(PROTOCOL), key };
}
