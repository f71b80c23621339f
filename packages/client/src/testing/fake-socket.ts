import type { Socket } from '../live/socket.ts';

/** A socket that opens and hears only what a test tells it. */
export class FakeSocket implements Socket {
  onopen: (() => void) | null = null;
  onmessage: ((event: { readonly data: unknown }) => void) | null = null;
  onerror: (() => void) | null = null;
  onclose: (() => void) | null = null;
  readonly sent: { readonly type: string; readonly id?: string }[] = [];
  isClosed = false;
  readonly url: string;
  readonly protocols: readonly string[];

  constructor(url: string, protocols: string[]) {
    this.url = url;
    this.protocols = protocols;
  }

  send(text: string): void {
    this.sent.push(JSON.parse(text));
  }

  close(): void {
    this.isClosed = true;
    this.onclose?.();
  }

  open(): void {
    this.onopen?.();
  }

  hear(message: object): void {
    this.onmessage?.({ data: JSON.stringify(message) });
  }
}

/** The class of such sockets, and those that were made of it. */
export function fakeSockets() {
  const sockets: FakeSocket[] = [];
  class Opened extends FakeSocket {
    constructor(url: string, protocols: string[]) {
      super(url, protocols);
      sockets.push(this);
    }
  }
  return { sockets, webSocket: Opened };
}
