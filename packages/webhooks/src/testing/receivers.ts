import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { type AddressInfo, createServer as createTcpServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A receiver on this machine. */
export interface Receiver {
  readonly port: number;
  /** Connections so far. */
  readonly connections: () => number;
  readonly close: () => Promise<void>;
}

/** Answers each request. */
export function startReceiver(answer: RequestListener): Promise<Receiver> {
  return listen(createServer(answer));
}

/** Does with each connection what it wants. */
export function startTcpReceiver(accept: (socket: Socket) => void): Promise<Receiver> {
  return listen(createTcpServer(accept));
}

export interface Certificate {
  readonly cert: string;
  readonly key: string;
}

export function startTlsReceiver(certificate: Certificate, answer: RequestListener): Promise<Receiver> {
  return listen(createTlsServer(certificate, answer));
}

/** A certificate of a host, signed by itself. */
export function makeCertificate(host: string): Certificate {
  const folder = mkdtempSync(join(tmpdir(), 'weir-tls-'));
  try {
    const request = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2'];
    const files = ['-keyout', 'key.pem', '-out', 'cert.pem'];
    const names = ['-subj', `/CN=${host}`, '-addext', `subjectAltName=DNS:${host}`];
    execFileSync('openssl', [...request, ...files, ...names], { cwd: folder, stdio: 'pipe' });
    const read = (name: string) => readFileSync(join(folder, name), 'utf8');
    return { cert: read('cert.pem'), key: read('key.pem') };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function listen(server: Server): Promise<Receiver> {
  const open = new Set<Socket>();
  let connections = 0;
  server.on('connection', (socket: Socket) => {
    connections++;
    open.add(socket);
    socket.on('close', () => open.delete(socket));
    socket.on('error', () => {});
  });
  const close = async () => {
    server.close();
    for (const socket of open) socket.destroy();
  };
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      resolve({ port: (server.address() as AddressInfo).port, connections: () => connections, close });
    });
  });
}
