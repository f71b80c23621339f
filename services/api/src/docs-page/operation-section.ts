import { API_PATH } from '../http/requests/base-url.ts';
import { curlExample } from './curl-example.ts';
import { type Html, html } from './html.ts';
import { jsonBlock } from './json-block.ts';
import { inline, paragraphs } from './markdown.ts';
import { type AnswerView, type ContentView, type DocumentView, type RoutedOperation, resolve } from './open-api.ts';
import { fieldsOf, typeOf, valueRow } from './schema-rows.ts';

const PARAMETER_TITLES = { path: 'In the path', query: 'In the query', header: 'Headers' } as const;

/** One operation: its description on the left, its request on the right. */
export function operationSection(document: DocumentView, routed: RoutedOperation): Html {
  const { method, path, operation } = routed;
  const scopes = operation.security?.flatMap((each) => Object.values(each).flat()) ?? [];
  const key =
    scopes.length > 0 ? html`scope ${scopes.map((scope) => html`<code>${scope}</code>`)}` : html`no key needed`;
  return html`<section class="operation" id="${operation.operationId}"><div class="what">
<h3><a href="#${operation.operationId}">${operation.summary}</a></h3>
<p class="line">${methodOf(method)} ${pathOf(`${API_PATH}${path}`)}</p><p class="key">${key}</p>
${paragraphs(operation.description)}
${parameterGroups(document, routed)}${bodyOf(document, routed)}${answersOf(document, routed)}</div>
${examplesOf(document, routed)}</section>`;
}

/** An HTTP method in its colour. */
export function methodOf(method: string): Html {
  return html`<span class="method ${method}">${method.toUpperCase()}</span>`;
}

/** A path with its parameters marked. It may break before each slash. */
export function pathOf(path: string): Html {
  const segments = path.split('/').slice(1);
  const marked = segments.map((segment) => (segment.startsWith('{') ? html`<em>${segment}</em>` : html`${segment}`));
  return html`<span class="path">${marked.map((segment) => html`<wbr>/${segment}`)}</span>`;
}

function parameterGroups(document: DocumentView, { operation }: RoutedOperation): Html[] {
  return Object.entries(PARAMETER_TITLES).flatMap(([location, title]) => {
    const here = (operation.parameters ?? []).filter((parameter) => parameter.in === location);
    if (here.length === 0) return [];
    const rows = here.map(({ name, required = false, schema, description }) =>
      valueRow(document, {
        name,
        mark: required ? 'required' : undefined,
        schema: { ...schema, ...(description && { description }) },
      }),
    );
    return [html`<h4>${title}</h4><dl class="rows">${rows}</dl>`];
  });
}

function bodyOf(document: DocumentView, { operation }: RoutedOperation): Html | undefined {
  const contents = Object.entries(operation.requestBody?.content ?? {});
  const [first] = contents;
  if (first === undefined) return undefined;
  const types = contents.map(([type], at) => html`${at === 0 ? '' : ' or '}<code>${type}</code>`);
  const { description } = operation.requestBody ?? {};
  return html`<h4>Body <span class="type">${types}</span></h4>${paragraphs(description)}${fieldsOf(document, first[1].schema, { opens: 1 })}`;
}

function answersOf(document: DocumentView, { operation }: RoutedOperation): Html {
  const answers = Object.entries(operation.responses);
  const good = answers.filter(([, answer]) => !isProblem(answer));
  const bad = answers.filter(([, answer]) => isProblem(answer)).flatMap(problemRows);
  return html`<h4>Answers</h4>${good.map(([status, answer]) => successOf(document, status, answer))}
<details class="problems"><summary>${bad.length} problems</summary><table><thead><tr><th>Status</th><th><span class="type">urn:weir:problem:</span></th><th>What</th></tr></thead><tbody>${bad}</tbody></table></details>`;
}

function isProblem({ content = {} }: AnswerView): boolean {
  return 'application/problem+json' in content;
}

function problemRows([status, answer]: readonly [string, AnswerView]): Html[] {
  const examples = answer.content?.['application/problem+json']?.examples ?? {};
  return Object.values(examples).map(({ value }) => {
    const {
      type,
      title,
      status: own = status,
      detail,
    } = value as { type: string; title: string; status?: number; detail?: string };
    const name = type.split(':').at(-1);
    return html`<tr><td><b class="status">${own}</b></td><td><code>${name}</code></td><td>${title}${detail && html`<span class="detail">${detail}</span>`}</td></tr>`;
  });
}

function successOf(document: DocumentView, status: string, answer: AnswerView): Html {
  const content: ContentView | undefined = Object.values(answer.content ?? {})[0];
  const fields = content && fieldsOf(document, content.schema, { marks: 'optional' });
  const inner = fields ?? (content && html`<p class="type">${typeOf(document, content.schema)}</p>`);
  return html`<div class="answer"><p><b class="status ok">${status}</b> ${inline(answer.description)}</p>${headersOf(document, answer)}${
    inner && html`<details><summary>Fields</summary>${inner}</details>`
  }</div>`;
}

function headersOf(document: DocumentView, { headers = {} }: AnswerView): Html | undefined {
  const named = Object.entries(headers).filter(([name]) => name.toLowerCase() !== 'x-request-id');
  if (named.length === 0) return undefined;
  const items = named.map(([name, header]) => {
    const { description = '' } = resolve(document, header);
    return html`<li><code>${name.toLowerCase()}</code> ${inline(description)}</li>`;
  });
  return html`<ul class="headers">${items}</ul>`;
}

function examplesOf(document: DocumentView, routed: RoutedOperation): Html {
  const good = Object.entries(routed.operation.responses).find(([, answer]) => !isProblem(answer));
  const content = good && Object.entries(good[1].content ?? {})[0];
  const example = content?.[1].example;
  const block = content?.[0] === 'application/json' && example !== undefined ? jsonBlock(example) : undefined;
  return html`<div class="examples"><div class="block"><h5>Request</h5><pre tabindex="0"><code>${curlExample(document, routed)}</code></pre></div>${
    good &&
    html`<div class="block"><h5>Answer <b>${good[0]}</b></h5>${block ?? html`<p class="nothing">${content ? content[0] : 'No body'}</p>`}</div>`
  }</div>`;
}
