import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import { localPorts } from '../ports/local-ports.ts';
import { removeLocalFile, writeLocalFile } from './local-file.ts';
import { localFileOf, wantedPorts } from './local-stage.ts';

const CONTENT = localFileOf({
  apiUrl: 'http://a/v1',
  awsUrl: 'http://b',
  mailUrl: 'http://c',
  key: 'k',
  token: 't',
  pid: 12,
});

describe('the file that leads to what runs', () => {
  let folder: string;
  let file: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'weir-'));
    file = join(folder, 'local.json');
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('has the address of the WebSocket API only if there is one', () => {
    expect(CONTENT).to.not.have.property('pushUrl');
    expect(localFileOf({ ...CONTENT, pushUrl: 'ws://d/local' }).pushUrl).to.equal('ws://d/local');
  });

  it('has everything, the key too, and is for nobody else to read', () => {
    writeFileSync(file, 'of another day');
    writeLocalFile(file, CONTENT);
    expect(JSON.parse(readFileSync(file, 'utf8'))).to.deep.equal({
      ...{
        stage: 'local',
        region: 'us-east-1',
        accountId: '000000000000',
        apiUrl: 'http://a/v1',
        key: 'k',
        token: 't',
        pid: 12,
      },
      ...{ stream: 'weir-local-events', awsUrl: 'http://b', mailUrl: 'http://c' },
      buckets: {
        archive: 'weir-local-archive-000000000000',
        avatars: 'weir-local-avatars-000000000000',
        reports: 'weir-local-reports-000000000000',
      },
      tables: {
        metrics: 'weir-local-metrics',
        users: 'weir-local-users',
        reports: 'weir-local-reports',
        notifications: 'weir-local-notifications',
      },
    });
    expect(statSync(file).mode & 0o077).to.equal(0);
    expect(readdirSync(folder)).to.deep.equal(['local.json']);
  });

  it('is removed, and may be gone already', () => {
    writeLocalFile(file, CONTENT);
    removeLocalFile(file);
    removeLocalFile(file);
    expect(existsSync(file)).to.equal(false);
  });

  it('goes with a process that is killed hard', async () => {
    writeLocalFile(file, CONTENT);
    const module = join(import.meta.dirname, 'local-file.ts');
    const program = `
      import { removeWhenKilled } from ${JSON.stringify(module)};
      removeWhenKilled(${JSON.stringify(file)});
      process.kill(process.pid, 'SIGKILL');
    `;
    const { signal } = spawnSync(process.execPath, ['--input-type=module', '--eval', program]);
    expect(signal).to.equal('SIGKILL');
    for (let waited = 0; existsSync(file) && waited < 5_000; waited += 20) await sleep(20);
    expect(existsSync(file)).to.equal(false);
  });
});

describe('the ports that have to be free', () => {
  it('are those of the doors and of each service that has some, each with what it is for', () => {
    expect(wantedPorts(localPorts(10), ['api', 'without-ports'])).to.deep.equal([
      { port: 3010, purpose: 'the API' },
      { port: 4576, purpose: 'the local AWS' },
      { port: 3020, purpose: 'the service api' },
      { port: 3021, purpose: 'the functions of api' },
    ]);
  });
});
