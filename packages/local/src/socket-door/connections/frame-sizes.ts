import type { Socket } from 'node:net';

/** The longest head of a frame: two bytes, a length of eight, a mask of four (RFC 6455, 5.2). */
const MAX_HEAD_BYTES = 14;
const MASK_BYTES = 4;

/**
 * Calls `onTooLarge` when the client sends a frame with a payload over `maxBytes`, as soon as the frame's head has come.
 * `ws` knows only the size of whole messages. Call it before `ws` gets the socket, so that it looks first.
 */
export function watchFrameSizes(socket: Socket, maxBytes: number, onTooLarge: () => void): void {
  const scan = createFrameScanner();
  socket.on('data', (chunk: Buffer) => {
    if (scan(chunk) > maxBytes) onTooLarge();
  });
}

/** Takes a connection's bytes in order; answers with the largest payload of the frames whose heads end in each chunk. */
export function createFrameScanner(): (chunk: Buffer) => number {
  const head = Buffer.alloc(MAX_HEAD_BYTES);
  let filled = 0;
  let payloadLeft = 0;
  return (chunk) => {
    let largest = 0;
    let at = 0;
    while (at < chunk.length) {
      if (payloadLeft > 0) {
        const skipped = Math.min(payloadLeft, chunk.length - at);
        payloadLeft -= skipped;
        at += skipped;
      } else {
        head[filled++] = chunk[at++] as number;
        if (filled < 2 || filled < headBytes(head)) continue;
        payloadLeft = payloadBytes(head);
        largest = Math.max(largest, payloadLeft);
        filled = 0;
      }
    }
    return largest;
  };
}

function lengthCode(head: Buffer): number {
  return head.readUInt8(1) & 0x7f;
}

function headBytes(head: Buffer): number {
  const mask = head.readUInt8(1) & 0x80 ? MASK_BYTES : 0;
  const extended = { 126: 2, 127: 8 }[lengthCode(head)] ?? 0;
  return 2 + extended + mask;
}

function payloadBytes(head: Buffer): number {
  const code = lengthCode(head);
  if (code === 126) return head.readUInt16BE(2);
  return code === 127 ? Number(head.readBigUInt64BE(2)) : code;
}
