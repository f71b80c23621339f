import { createHash } from 'node:crypto';
import { expect } from 'chai';
import fc from 'fast-check';
import { createOpenApiDocument } from '../openapi/document.ts';
import { html } from './html.ts';
import { jsonBlock } from './json-block.ts';
import { inline, paragraphs } from './markdown.ts';
import type { DocumentView, OperationView } from './open-api.ts';
import { CONTENT_SECURITY_POLICY, renderPage } from './page.ts';

const document = createOpenApiDocument() as unknown as DocumentView;
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

describe('the page of the API', () => {
  for (const { method, path, operation } of operations) {
    it(`shows ${method.toUpperCase()} ${path}: its scope, what it takes, and every answer`, () => {
      const text = textOf(sectionOf(operation));
      expect(text).to.include(operation.summary).and.include(`${method.toUpperCase()} ${path}`).and.include('curl');
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

  it('needs nothing but itself, and its policy allows nothing else', () => {
    expect(page).to.not.match(/<script|<link|<img|<iframe|@import|url\(|\son\w+=|\sstyle=|(src|href)="(https?:)?\/\//i);
    const style = /<style>([\s\S]*)<\/style>/.exec(page)?.[1] ?? '';
    const hash = createHash('sha256').update(style).digest('base64');
    expect(CONTENT_SECURITY_POLICY).to.include("default-src 'none'").and.include(`style-src 'sha256-${hash}'`);
  });

  it('has a place for every link in it, once', () => {
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

  it('names the shell variables of its requests after what belongs in them', () => {
    const request = (path: string, method: string) =>
      textOf(sectionOf((document.paths[path] as Record<string, OperationView>)[method] as OperationView));
    expect(request('/v1/users/{userId}/activity', 'get')).to.include('"$API/users/$USER_ID/activity"');
    expect(request('/v1/keys/{id}', 'delete')).to.include('"$API/keys/$ID_OF_KEY"');
  });

  it('escapes whatever the document says', () => {
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
