import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { closedPort, type HttpBackend, startHttpBackend } from '../aws-door/testing/http-backend.ts';
import { claim, expectUnclaimed } from './data-dir-claim.ts';

describe('the claim of a data folder', () => {
  let folder: string;
  let backend: HttpBackend | undefined;
  beforeEach(() => {
    folder = join(mkdtempSync(join(tmpdir(), 'weir-')), 'data');
  });
  afterEach(async () => {
    rmSync(join(folder, '..'), { recursive: true, force: true });
    await backend?.close();
    backend = undefined;
  });

  /** Claims the folder for a server that gives this answer. */
  async function claimedBy(status: number, body: string): Promise<string> {
    backend = await startHttpBackend((response) => response.writeHead(status).end(body));
    const url = `http://127.0.0.1:${backend.port}`;
    claim(folder, url);
    return url;
  }
  const refusal = () =>
    expectUnclaimed(folder).then(
      () => 'free',
      (error: Error) => error.message,
    );

  it('is free if no process used it before', async () => {
    expect(await refusal()).to.equal('free');
  });

  it('holds while its local AWS answers, and says how to end it', async () => {
    const url = await claimedBy(200, '{"status":"ready","pid":4711}');
    expect(await refusal()).to.equal(
      `The local AWS at ${url} (process 4711) uses ${folder}: end it, or set WEIR_DATA_DIR.`,
    );
    expect(backend?.requests[0]?.target).to.equal('/_weir/health');
  });

  it('is free again once it was taken back', async () => {
    backend = await startHttpBackend((response) => response.end('{"pid":1}'));
    const unclaim = claim(folder, `http://127.0.0.1:${backend.port}`);
    unclaim();
    unclaim();
    expect(await refusal()).to.equal('free');
    expect(existsSync(folder)).to.equal(true);
  });

  it('of a process that was killed is nothing', async () => {
    claim(folder, `http://127.0.0.1:${await closedPort()}`);
    expect(await refusal()).to.equal('free');
  });

  for (const [what, status, body] of [
    ['knows no local AWS', 404, 'not found'],
    ['answers everything with a page', 200, '<!doctype html>'],
    ['answers in JSON of its own', 200, '{"status":"ok"}'],
    ['answers nothing', 200, 'null'],
  ] as const) {
    it(`does not hold if another program now has the port, which ${what}`, async () => {
      await claimedBy(status, body);
      expect(await refusal()).to.equal('free');
    });
  }
});
