import type { Server } from 'node:http';
import { createRequire } from 'node:module';
import { guardServer } from '../access/guard-server.ts';
import type { AccessRules } from '../access/refusal.ts';

interface HapiServer {
  readonly listener: Server;
  readonly settings: { readonly port: number };
  start(): Promise<void>;
}

/**
 * Guards each port that the serverless-offline of this process opens. Without it, these ports answer any `Host` and pages of
 * any origin: a page could invoke functions, with an authorizer's context of its own making.
 */
export function guardEmulator(rulesOf: (port: number) => AccessRules): void {
  const fromEmulator = createRequire(createRequire(import.meta.url).resolve('serverless-offline'));
  const hapi: { server(): HapiServer } = fromEmulator('@hapi/hapi');
  const prototype: HapiServer = Object.getPrototypeOf(hapi.server());
  const { start } = prototype;
  prototype.start = function () {
    guardServer(this.listener, rulesOf(this.settings.port));
    return start.call(this);
  };
}
