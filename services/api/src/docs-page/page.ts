import { createHash } from 'node:crypto';
import { placeholdersOf } from './curl-example.ts';
import { type Html, html, Html as RawHtml } from './html.ts';
import { inline, paragraphs } from './markdown.ts';
import { type DocumentView, operationsOf } from './open-api.ts';
import { methodOf, operationSection } from './operation-section.ts';
import { STYLE } from './style.ts';

/** The page may load and run only its own style, identified by its hash. */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Renders the OpenAPI document as one page. The page fetches nothing and runs nothing. */
export function renderPage(document: DocumentView): string {
  const { title, version, summary = '', description, contact } = document.info;
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title} API</title>
<style>${new RawHtml(STYLE)}</style>
</head>
<body>
<a class="skip" href="#content">To the content</a>
<aside><p class="brand"><a href="#content">${title}</a> <span>API ${version}</span></p>${navigation(document)}</aside>
<main id="content">
<section class="intro"><div class="what"><h1>${title} API</h1><p class="lead">${summary}</p>${paragraphs(description)}
<p><a href="openapi.json">OpenAPI 3.1 document</a>${contact?.url && html` · <a href="${contact.url}">${contact.name}</a>`}</p></div>
${beforePasting(document)}</section>
${document.tags.map((tag) => tagSection(document, tag))}
</main>
</body>
</html>
`;
  return page.text;
}

function navigation(document: DocumentView): Html {
  const groups = document.tags.map(({ name }) => {
    const items = operationsOf(document, name).map(
      ({ method, operation }) =>
        html`<li><a href="#${operation.operationId}">${methodOf(method)}<span>${operation.summary}</span></a></li>`,
    );
    return html`<li><a class="tag" href="#${anchorOf(name)}">${name}</a><ul>${items}</ul></li>`;
  });
  // Without a script, a checkbox opens the contents on a narrow screen.
  return html`<nav aria-label="Operations"><input type="checkbox" id="menu"><label for="menu">Contents</label><ul>${groups}</ul></nav>`;
}

function anchorOf(tag: string): string {
  return `tag-${tag.toLowerCase()}`;
}

/**
 * The variables that the requests on the page use. Without comments, as not every shell accepts comments in pasted lines.
 */
function beforePasting(document: DocumentView): Html {
  const placeholders = placeholdersOf(document.tags.flatMap(({ name }) => operationsOf(document, name)));
  const lines = placeholders.map(({ name, example }) => `${name}=${example}`).join('\n');
  const meanings = placeholders.map(
    ({ name, description }) => html`<li><code>${name}</code> ${inline(description)}</li>`,
  );
  return html`<div class="examples"><div class="block"><h5>Before you paste</h5><pre tabindex="0"><code>${lines}</code></pre></div>
<ul class="placeholders">${meanings}</ul></div>`;
}

function tagSection(document: DocumentView, { name, description }: DocumentView['tags'][number]): Html {
  const operations = operationsOf(document, name).map((placed) => operationSection(document, placed));
  return html`<section class="tag" id="${anchorOf(name)}"><header><h2>${name}</h2>${paragraphs(description)}</header>${operations}</section>`;
}
