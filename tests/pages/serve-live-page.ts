import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { build } from 'esbuild';

const ROOT = join(import.meta.dirname, '../..');
const EXAMPLE = /```html\n(.*?)```/s.exec(readFileSync(join(ROOT, 'docs/live-page.md'), 'utf8'))?.[1] ?? '';

/** What the page of the docs is given instead of its own values. */
export interface LivePage {
  readonly pushUrl: string;
  readonly key: string;
  /** Default: the page's own. */
  readonly action?: string;
}

/** A web server with the page of docs/live-page.md at `url`, and the client's module beside it. */
export async function serveLivePage({
  pushUrl,
  key,
  action = 'checkout',
}: LivePage): Promise<{ readonly url: string; readonly server: Server }> {
  const entryPoints = [join(ROOT, 'packages/client/src/index.ts')];
  const { outputFiles } = await build({ entryPoints, bundle: true, format: 'esm', platform: 'browser', write: false });
  const page = EXAMPLE.replace('ws://localhost:3001/local', pushUrl).replace("'weir_…'", `'${key}'`);
  const server = createServer((request, response) => {
    const isModule = request.url === '/weir-client.js';
    response.setHeader('content-type', isModule ? 'text/javascript' : 'text/html; charset=utf-8');
    const shown = page.replace("['checkout']", `['${request.url === '/secret' ? 'secret' : action}']`);
    response.end(isModule ? outputFiles[0]?.text : shown);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, server };
}
