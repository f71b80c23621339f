import { createHash } from 'node:crypto';
import { html, Html as RawHtml } from '../../docs-page/html.ts';
import type { ApiResponse } from '../../http/answers/response.ts';

const STYLE = `:root{color-scheme:light dark}body{margin:0;font:17px/1.5 system-ui,sans-serif;background:#f4f6f9;color:#152233}
main{max-width:30rem;margin:15vh auto 0;padding:2rem;background:#fff;border-radius:8px}h1{margin:0 0 .5rem;font-size:1.4rem}
button{margin-top:1rem;padding:.6rem 1.2rem;border:0;border-radius:6px;background:#1f6bc4;color:#fff;font:inherit;cursor:pointer}
@media(prefers-color-scheme:dark){body{background:#0d1219;color:#e9eef5}main{background:#161c26}}`;

/** The page may send its form to its own address, and do nothing else. */
const POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** The page behind the link of a mail: a question with a button, or that it is done. */
export function unsubscribePage(state: 'asks' | 'done'): ApiResponse {
  const [title, text] =
    state === 'asks'
      ? ['Unsubscribe?', 'You will get no more mails from this Weir: no alerts and no reports.']
      : ['You are unsubscribed', 'You get no more mails from this Weir.'];
  // The same field that programs for mail send (RFC 8058). Without an action, the form goes to the page's own address.
  const form =
    state === 'asks'
      ? html`<form method="post"><input type="hidden" name="List-Unsubscribe" value="One-Click"><button>Unsubscribe</button></form>`
      : undefined;
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${title}</title>
<style>${new RawHtml(STYLE)}</style>
</head>
<body><main><h1>${title}</h1><p>${text}</p>${form}</main></body>
</html>
`;
  return {
    kind: 'response',
    status: 200,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': POLICY,
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    },
    body: page.text,
  };
}
