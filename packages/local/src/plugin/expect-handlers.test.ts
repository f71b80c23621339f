import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { expectHandlers } from './expect-handlers.ts';
import type { ServerlessService } from './serverless-instance.ts';

describe('the handlers of a service', () => {
  it('each have a file, or one sentence names the function and the file', () => {
    const folder = mkdtempSync(join(tmpdir(), 'weir-'));
    mkdirSync(join(folder, 'src'));
    writeFileSync(join(folder, 'src/there.ts'), '');
    const service = (handler: string) =>
      ({ service: 'weir-api', getAllFunctions: () => ['meta'], getFunction: () => ({ handler }) }) as never;
    const expectOf = (handler: string) => () => expectHandlers(service(handler) as ServerlessService, folder);
    expect(expectOf('src/there.handler')).to.not.throw();
    expect(expectOf('src/nowhere.handler')).to.throw(
      /^The function meta of weir-api has the handler src\/nowhere\.handler, but there is no file src\/nowhere\.ts: /,
    );
    rmSync(folder, { recursive: true });
  });
});
