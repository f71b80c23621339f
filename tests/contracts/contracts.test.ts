import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import { createOpenApiDocument } from '../../services/api/src/openapi/document.ts';
import { commitBreaks } from './commit-breaks.ts';
import { contractFiles } from './contract-files.ts';
import { DOCUMENT_FILE, EVENT_FILE, LIVE_FILE, WEBHOOKS_FILE } from './contract-paths.ts';
import { type ComparedDocument, documentBreaks } from './document-breaks.ts';
import { type EventContract, eventBreaks } from './event-breaks.ts';
import { type MessagesContract, messagesBreaks } from './messages-breaks.ts';
import { reportBreaks } from './report-breaks.ts';

const ROOT = join(import.meta.dirname, '../..');
const files = contractFiles();

describe('the contracts', () => {
  for (const [path, text] of Object.entries(files)) {
    it(`are those of the code: ${path} (npm run contracts writes it anew)`, () => {
      expect(readFileSync(join(ROOT, path), 'utf8')).to.equal(text);
    });
  }

  it('hold everything of the document that is compared, and do not break themselves', () => {
    const [document, event] = [JSON.parse(files[DOCUMENT_FILE] ?? ''), JSON.parse(files[EVENT_FILE] ?? '')];
    const whole = createOpenApiDocument() as unknown as ComparedDocument;
    expect(documentBreaks({ base: whole, head: document })).to.deep.equal([]);
    expect(documentBreaks({ base: document, head: whole })).to.deep.equal([]);
    expect(eventBreaks({ base: event as EventContract, head: event })).to.deep.equal([]);
    for (const path of [WEBHOOKS_FILE, LIVE_FILE]) {
      const messages = JSON.parse(files[path] ?? '') as MessagesContract;
      expect(messagesBreaks({ base: messages, head: messages }), path).to.deep.equal([]);
    }
  });
});

describe('the contracts of two commits', () => {
  let root: string;
  before(() => {
    root = mkdtempSync(join(tmpdir(), 'weir-contracts-'));
    git('init', '-q');
    commit({ 'README.md': 'before there were contracts' });
  });
  after(() => rmSync(root, { recursive: true }));

  function git(...args: string[]): string {
    const who = ['-c', 'user.name=t', '-c', 'user.email=t@example.com', '-c', 'commit.gpgsign=false'];
    return execFileSync('git', [...who, ...args], { cwd: root, encoding: 'utf8' }).trim();
  }

  function commit(contents: Readonly<Record<string, string>>): void {
    for (const [path, text] of Object.entries(contents)) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
    git('add', '-A');
    git('commit', '-q', '-m', 'a change');
  }

  it('are compared as they are committed', () => {
    commit(files);
    expect(commitBreaks(root, 'HEAD^'), 'nothing was promised').to.deep.equal([]);
    commit({
      [DOCUMENT_FILE]: (files[DOCUMENT_FILE] ?? '').replace(
        '"operationId": "getMetrics"',
        '"operationId": "readMetrics"',
      ),
      [EVENT_FILE]: (files[EVENT_FILE] ?? '').replace('"maxLength": 128', '"maxLength": 64'),
      [WEBHOOKS_FILE]: (files[WEBHOOKS_FILE] ?? '').replaceAll('"erasureId"', '"id"'),
      [LIVE_FILE]: (files[LIVE_FILE] ?? '').replace('"weir.v1"', '"weir.v2"'),
    });
    expect(commitBreaks(root, 'HEAD^')).to.deep.equal([
      { title: 'The API', breaks: ['GET /metrics/{action}: is called readMetrics, and no longer getMetrics'] },
      { title: 'The event', breaks: ['event.id: maxLength was 128, and is 64'] },
      { title: 'Webhooks', breaks: ['user.erased.data.erasureId: is gone'] },
      { title: 'The live push', breaks: ['protocols.spoken: no longer takes "weir.v1"'] },
    ]);
    expect(commitBreaks(root, 'HEAD')).to.deep.equal([]);
    expect(() => commitBreaks(root, '0'.repeat(40))).to.throw('is not known here');
  });
});

describe('the report of broken contracts', () => {
  const broken = [{ title: 'The API', breaks: ['GET /users: is gone'] }];

  it('asks for the label, and is content with it', () => {
    for (const labels of ['', 'docs', 'no-breaking-change']) {
      expect(reportBreaks(broken, labels).problem).to.include('the label breaking-change');
    }
    expect(reportBreaks(broken, 'Breaking-Change').problem).to.equal(undefined);
    const { text, problem } = reportBreaks(broken, 'docs,breaking-change');
    expect(problem).to.equal(undefined);
    expect(text).to.include('### The API\n\n- GET /users: is gone\n');
  });

  it('says that there is nothing', () => {
    expect(reportBreaks([], '')).to.deep.equal({ text: 'No contract is broken.\n', problem: undefined });
  });
});
