import { appendFileSync, mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import { watchSettings } from './changed-settings.ts';
import { followFile } from './follow-file.ts';
import { showWork } from './show-work.ts';

describe('what a developer sees of the running services', () => {
  let folder: string;
  let logFile: string;
  let shown: string[];
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'weir-developing-'));
    logFile = join(folder, 'api.log');
    writeFileSync(logFile, 'Server ready\n');
    shown = [];
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  /** The lines that are shown when `text` is added to the log. */
  function shownOf(text: string, wholeLog = false): string[] {
    const write = (line: string) => shown.push(line);
    const end = showWork({ rootDir: `${folder}/`, logs: [{ name: 'api', logFile }], wholeLog, write });
    appendFileSync(logFile, text);
    end();
    return shown;
  }

  it('is a broken build, and that it is good again, and nothing around it', () => {
    const lines = ['× The build is broken: src/meta.ts:23:7: no', '✔ Built again: yes', '✔ Something else'];
    expect(shownOf(`(λ: meta) 3 ms\n${lines.join('\n')}\n(λ: meta) 4 ms\n`)).to.deep.equal([
      'api  × The build is broken: src/meta.ts:23:7: no',
      'api  ✔ Built again: yes',
    ]);
  });

  it('is what a function threw, with paths below the root of the repository', () => {
    const stack = [
      `at count (file://${folder}/src/count.ts:3:7)`,
      'at ModuleJob.run (node:internal/modules/esm/module_job:561:25)',
      `at async run (${folder}/node_modules/serverless-offline/src/lambda/runner.js:1:2)`,
    ];
    const lines = ['× keys: Error: no', ...stack.map((at) => `      ${at}`), '(λ)'];
    expect(shownOf(`${lines.join('\n')}\n`)).to.deep.equal([
      'api  × keys: Error: no',
      'api        at count (src/count.ts:3:7)',
    ]);
  });

  it('is what an event source has given up, and not what it tries again', () => {
    const lines = [
      'tiny-work: Failed, and will be tried again: no',
      'tiny-work: Gave up 1 message (no): to the queue dead',
    ];
    expect(shownOf(`${lines.join('\n')}\n`)).to.deep.equal([
      'api  tiny-work: Gave up 1 message (no): to the queue dead',
    ]);
  });

  it('is what a function logged as an error, with the stack, and none of its warnings', () => {
    const error = { name: 'TypeError', message: 'no', stack: `TypeError: no\n    at f (${folder}/src/f.ts:1:2)` };
    const lines = [
      { level: 'ERROR', service: 'weir-api', message: 'Failed', error },
      { level: 'ERROR', service: 'weir-api', message: 'Lost' },
      { level: 'WARN', service: 'weir-api', message: 'Slow' },
    ];
    const text = lines.map((line) => `${JSON.stringify(line)}\n`).join('');
    expect(shownOf(`${text}{"level":\n`)).to.deep.equal([
      'api  × weir-api: Failed',
      'api      TypeError: no',
      'api          at f (src/f.ts:1:2)',
      'api  × weir-api: Lost',
    ]);
  });

  it('is every line from now on, if that is wanted', () => {
    expect(shownOf('one\n\ntwo\n', true)).to.deep.equal(['api  one', 'api  ', 'api  two']);
  });

  it('has the stacks of logged errors in lines, with paths below the root, among every line too', () => {
    const stack = `Error: no\n    at f (file://${folder}/src/f.ts:1:2)\n    at g (node:internal/timers:1:2)`;
    const logged = { level: 'WARN', error: { name: 'Error', message: 'no', stack } };
    expect(shownOf(`${JSON.stringify(logged)}\n      at h (${folder}/src/h.ts:1:2)\n`, true)).to.deep.equal([
      'api  {"level":"WARN","error":{"name":"Error","message":"no"}}',
      ...['api      Error: no', 'api          at f (src/f.ts:1:2)', 'api        at h (src/h.ts:1:2)'],
    ]);
  });

  it('has no half lines and no half letters, and goes on in a file that was emptied', () => {
    const file = followFile(logFile, (line) => shown.push(line));
    const [first, second] = [Buffer.from('Grüße').subarray(0, 3), Buffer.from('Grüße').subarray(3)];
    appendFileSync(logFile, first);
    file.read();
    appendFileSync(logFile, second);
    file.read();
    expect(shown).to.deep.equal(['Server ready']);
    appendFileSync(logFile, '\n');
    file.read();
    truncateSync(logFile);
    file.read();
    appendFileSync(logFile, 'anew\n');
    file.close();
    expect(shown).to.deep.equal(['Server ready', 'Grüße', 'anew']);
  });

  it('is that a changed setting of a service needs a restart', async () => {
    mkdirSync(join(folder, 'services/api/resources'), { recursive: true });
    mkdirSync(join(folder, 'services/api/src'), { recursive: true });
    const settings = ['serverless.common.yml', 'services/api/serverless.yml', 'services/api/resources/stage.yml'];
    for (const path of [...settings, 'services/api/src/data.yml']) writeFileSync(join(folder, path), 'a: 1\n');
    const end = watchSettings(folder, (paths) => shown.push(...paths), 20);
    await sleep(50);
    for (const path of [...settings, 'services/api/src/data.yml']) writeFileSync(join(folder, path), 'a: 2\n');
    for (let waited = 0; shown.length < settings.length && waited < 5_000; waited += 20) await sleep(20);
    end();
    expect(shown.toSorted()).to.deep.equal(settings.toSorted());
  });

  it('names one file of several that have changed, and what to do', async () => {
    for (const path of ['serverless.common.yml', 'stage-params.cjs']) writeFileSync(join(folder, path), 'a: 1\n');
    const write = (line: string) => shown.push(line);
    const end = showWork({ rootDir: `${folder}/`, logs: [], wholeLog: false, write });
    await sleep(50);
    for (const path of ['serverless.common.yml', 'stage-params.cjs']) writeFileSync(join(folder, path), 'a: 2\n');
    for (let waited = 0; shown.length === 0 && waited < 5_000; waited += 20) await sleep(20);
    end();
    expect(shown).to.have.length(1);
    expect(shown[0]).to.match(/^serverless\.common\.yml and 1 more have changed\. .* start it again$/);
  });
});
