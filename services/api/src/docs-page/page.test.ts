import { createHash } from 'node:crypto';
import { expect } from 'chai';
import fc from 'fast-check';
import { SCOPES } from '../http/callers/scopes.ts';
import { API_PATH } from '../http/requests/base-url.ts';
import { createOpenApiDocument } from '../openapi/document.ts';
import { withServer } from '../openapi/parts/with-server.ts';
import { html } from './html.ts';
import { jsonBlock } from './json-block.ts';
import { inline, paragraphs } from './markdown.ts';
import type { DocumentView, OperationView } from './open-api.ts';
import { CONTENT_SECURITY_POLICY, renderPage } from './page.ts';

const BASE_URL = 'https://a1b2.execute-api.eu-west-1.amazonaws.com/production/v1';
/** The number of characters in one line of the menu. */
const MENU_CHARACTERS = 22;

const document = withServer(createOpenApiDocument(), BASE_URL) as unknown as DocumentView;
const page = renderPage(document);
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ method, path, operation })),
);

/** The text that a reader sees. */
function textOf(markup: string): string {
  const names: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };
  return markup.replace(/<[^>]*>/g, '').replace(/&(#?\w+);/g, (_, name: string) => names[name] ?? '');
}

function sectionOf({ operationId }: OperationView): string {
  const from = page.indexOf(`<section class="operation" id="${operationId}">`);
  return from < 0 ? '' : page.slice(from, page.indexOf('</section>', from));
}

function sectionAt(path: string, method: string): string {
  return sectionOf(document.paths[path]?.[method] as OperationView);
}

describe('the page of the API', () => {
  for (const { method, path, operation } of operations) {
    it(`shows ${method.toUpperCase()} ${path}: its scope, its parameters and body, and every answer`, () => {
      const text = textOf(sectionOf(operation));
      expect(text)
        .to.include(operation.summary)
        .and.include(`${method.toUpperCase()} ${API_PATH}${path}`)
        .and.include('curl');
      const scopes = operation.security?.flatMap(Object.values).flat() ?? [];
      expect(text).to.include(scopes.length > 0 ? `scope ${scopes.join()}` : 'no key needed');
      for (const { name } of operation.parameters ?? []) expect(text).to.include(name);
      for (const [status, { content = {} }] of Object.entries(operation.responses)) {
        const examples = content['application/problem+json']?.examples;
        const wanted = examples
          ? Object.values(examples).map(({ value }) => (value as { type: string }).type)
          : [status];
        for (const name of wanted) expect(text).to.include(name.split(':').at(-1));
      }
    });
  }

  it('loads nothing, and its policy allows nothing else', () => {
    expect(page).to.not.match(/<script|<link|<img|<iframe|@import|url\(|\son\w+=|\sstyle=|(src|href)="(https?:)?\/\//i);
    const style = /<style>([\s\S]*)<\/style>/.exec(page)?.[1] ?? '';
    const hash = createHash('sha256').update(style).digest('base64');
    expect(CONTENT_SECURITY_POLICY).to.include("default-src 'none'").and.include(`style-src 'sha256-${hash}'`);
  });

  it('has one target for every link', () => {
    const ids = [...page.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).to.equal(ids.length);
    const links = [...page.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id);
    expect(ids).to.include.members(links);
  });

  it('shows a list of a description as a list', () => {
    const upload = operations.find(({ path }) => path.endsWith('/avatar'));
    const section = upload ? sectionOf(upload.operation) : '';
    expect(section).to.include('<ul><li><code>empty</code>: ').and.not.include('- <code>');
    expect(paragraphs('a - b\n- c\n\n- `d`\n- e').text).to.equal(
      '<p>a - b\n- c</p><ul><li><code>d</code></li><li>e</li></ul>',
    );
  });

  it('calls the address of its own request, with variables named after their values', () => {
    expect(textOf(sectionAt('/keys/{id}', 'delete'))).to.include(`curl -X DELETE "${BASE_URL}/keys/$ID_OF_KEY"`);
    for (const { path, operation } of operations) {
      expect(textOf(sectionOf(operation)), path).to.include(` "${BASE_URL}${path.split('{')[0]}`);
    }
  });

  it('requests the range and the interval of its example', () => {
    const query = ['from=2025-11-24T16:00:00Z', 'to=2025-11-24T17:00:00Z', 'interval=hour'];
    const lines = [`curl -G "${BASE_URL}/metrics/$ACTION"`, ...query.map((pair) => `-d ${pair}`)];
    expect(textOf(sectionAt('/metrics/{action}', 'get'))).to.include(lines.join(' \\\n  '));
  });

  it('sets every variable of its requests at the top, and describes each once', () => {
    const [intro = '', ...sections] = page.split('<section class="operation"').map(textOf);
    const block = intro.slice(intro.indexOf('Before you paste'));
    const used = new Set(sections.flatMap((text) => text.match(/(?<=curl [^']*\$)[A-Z_]+/g) ?? []));
    const set = block
      .match(/^(?:Before you paste)?[A-Z_]+(?==)/gm)
      ?.map((name) => name.replace('Before you paste', ''));
    expect(set)
      .to.have.members([...used])
      .and.include.members(['KEY', 'USER_ID', 'ID_OF_KEY', 'ID_OF_ERASURE', 'ID_OF_ADDRESS']);
    for (const name of used) expect(block, name).to.match(new RegExp(`${name} [A-Z]`));
  });

  it('shows the type and the limits of a list’s items', () => {
    const text = textOf(sectionAt('/keys', 'post'));
    expect(text)
      .to.include(`scopes array of strings`)
      .and.include(`each one of ${SCOPES.join(' ')}`);
    expect(text).to.include('actionPrefixes array of strings').and.include('each matches ^(?!__|');
    expect(text).to.include('1 to 10 items').and.include('at least 1 item').and.not.include('1 items');
    expect(textOf(sectionAt('/keys', 'get'))).to.include(`each one of ${SCOPES.join(' ')}`);
  });

  it('shows the limits of a value that may also be null', () => {
    expect(textOf(sectionAt('/users/{userId}', 'patch'))).to.include('name string or null1 to 256 characters');
  });

  it('shows the largest size of each body', () => {
    const bodies = operations.filter(({ operation }) => operation.requestBody);
    for (const { operation } of bodies) {
      expect(textOf(sectionOf(operation))).to.match(/Body application\/.*At most [\d,]+ bytes/);
    }
  });

  it('has a menu in which each operation is one line', () => {
    for (const { operation } of operations) {
      expect(operation.summary.length, operation.summary).to.be.at.most(MENU_CHARACTERS);
    }
  });

  it('links to the operators if the document has a contact', () => {
    const contactUrl = 'mailto:weir@example.com';
    const described = withServer(createOpenApiDocument({ contactUrl }), BASE_URL) as unknown as DocumentView;
    expect(renderPage(described)).to.include(`<a href="${contactUrl}">The operators of this Weir</a>`);
    expect(textOf(page)).to.not.include('The operators');
  });

  it('escapes every text of the document', () => {
    const evil = '<script>alert("1")</script>&\'';
    const [first] = operations;
    const changed = structuredClone(document) as ReturnType<typeof JSON.parse>;
    Object.assign(changed.paths[first?.path ?? ''][first?.method ?? ''], { summary: evil, description: evil });
    changed.info.description = `\`${evil}\``;
    const rendered = renderPage(changed);
    expect(rendered).to.include('&lt;script&gt;');
    expect(rendered).to.not.include('<script');
  });
});

describe('html', function () {
  this.timeout(20_000);

  it('shows every text as it is, in markup, descriptions and JSON', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.jsonValue(), (text, value) => {
        expect(textOf(html`<b title="${text}">${text}</b>`.text.replace(/^<b title="[^"<>]*">/, ''))).to.equal(text);
        expect(textOf(jsonBlock(value).text)).to.equal(JSON.stringify(value, null, 2));
        const plain = text.replaceAll(/[`*]/g, '');
        expect(textOf(inline(plain).text)).to.equal(plain);
      }),
      { numRuns: 200 },
    );
  });
});
