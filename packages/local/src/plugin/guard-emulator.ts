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
 * Makes each port that the serverless-offline of this process opens keep to the rules for it. It would answer any host and,
 * of the pages in a browser, any origin: also where functions are invoked, with whatever authorizer a page makes up.
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
