/** The part of a WebSocket that is used: that of browsers, of Node from 22 on, and of the package `ws`. */
export interface Socket {
  onopen: ((event: never) => void) | null;
  onmessage: ((event: never) => void) | null;
  onerror: ((event: never) => void) | null;
  onclose: ((event: never) => void) | null;
  send(text: string): void;
  close(): void;
}

/** Opens a WebSocket. */
export type SocketConstructor = new (url: string, protocols: string[]) => Socket;
