import fc from 'fast-check';

/** Cookies, ranges and the like, at which the emulator stumbled, beside any other. */
export const strangeValues = fc.constantFrom(
  ...[
    '{',
    '{"a":1}',
    'a,b',
    'a',
    '=',
    ';',
    'a=b; {',
    'a="',
    'bytes=0-1',
    'bytes=-',
    'W/"x"',
    '*',
    'gzip;q=0',
    'gzip, br',
  ],
  ...[
    'text',
    'a/b/c',
    '; charset',
    'multipart/form-data',
    'application/octet-stream',
    '',
    'Thu, 01 Jan 1970 00:00:00 GMT',
  ],
  ...['Basic', 'Bearer', 'Bearer  ', 'null', 'x'.repeat(3_000), 'é', '\u00ff', '\t a', '{}', '100-continue', 'chunked'],
);
/** Names that the emulator or API Gateway treats in a way of its own, and any other. */
export const headerNames = fc.oneof(
  fc.constantFrom(
    ...[
      'Cookie',
      'Range',
      'If-None-Match',
      'If-Modified-Since',
      'If-Range',
      'Accept',
      'Accept-Encoding',
      'Authorization',
    ],
    ...[
      'Content-Type',
      'TE',
      'Trailer',
      'Via',
      'Forwarded',
      'X-Forwarded-Host',
      'Max-Forwards',
      'Cache-Control',
      'Origin2',
    ],
    ...['X-Http-Method-Override', 'sls-offline-authorizer-override', 'cognito-identity-id', 'x-api-key', 'Date', 'DNT'],
    ...[
      '__proto__',
      'constructor',
      'toString',
      'Content-MD5',
      'Keep-Alive',
      'Upgrade',
      'X-Amz-Date',
      'x-weir-own-response',
    ],
  ),
  fc.stringMatching(/^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,20}$/),
);
export const headerValues = fc.oneof(strangeValues, fc.stringMatching(/^[ -~]{0,40}$/));
const segments = fc.oneof(
  fc.constantFrom(
    'a',
    '..',
    '.',
    '',
    '%2F',
    '%252F',
    '%00',
    '+',
    ';',
    ':',
    '~',
    '@',
    '%7B',
    '{',
    '*',
    '__proto__',
    '%C3%A9',
  ),
  fc.string({ unit: 'binary', maxLength: 8 }).map((value) => encodeURIComponent(value.toWellFormed())),
);
/** Paths below `/v1`, encoded. */
export const paths = fc.array(segments, { maxLength: 5 }).map((all) => `/v1/${all.join('/')}`);
/** Query strings, encoded and not. */
export const queries = fc.oneof(
  fc.constantFrom(
    '',
    'a',
    'a=',
    '=a',
    'a&&b',
    'a=1&a=2',
    'a=1;b=2',
    'a=%zz',
    'a=%ff',
    '%',
    '?',
    'a+b=c+d',
    'a=b=c',
    '__proto__=1',
  ),
  fc
    .array(fc.tuple(fc.string({ unit: 'binary', maxLength: 6 }), fc.string({ unit: 'binary', maxLength: 9 })), {
      maxLength: 4,
    })
    .map((all) => all.map((pair) => pair.map((part) => encodeURIComponent(part.toWellFormed())).join('=')).join('&')),
);

/** First lines of a request, and what is none. */
export const heads = fc.oneof(
  fc.constantFrom(
    ...[
      'GET / HTTP/1.1',
      'GET  / HTTP/1.1',
      'GET / HTTP/9.9',
      'FOO / HTTP/1.1',
      'CONNECT a:1 HTTP/1.1',
      'PRI * HTTP/2.0',
    ],
    ...[
      'GET http://localhost/ HTTP/1.1',
      'GET * HTTP/1.1',
      'OPTIONS * HTTP/1.1',
      'GET /\u0000 HTTP/1.1',
      'GET /é HTTP/1.1',
    ],
    ...[
      'GET /%zz HTTP/1.1',
      'GET /%ff HTTP/1.1',
      'GET /?a|b HTTP/1.1',
      'GET /?{} HTTP/1.1',
      `GET /${'a'.repeat(9_000)} HTTP/1.1`,
    ],
    ...[`GET /${'a'.repeat(20_000)} HTTP/1.1`, 'GET / HTTP/1.0', '', '{}'],
  ),
  fc.stringMatching(/^[ -~]{1,60}$/),
);
/** Its further lines. */
export const lines = fc.array(
  fc.oneof(
    fc.constantFrom(
      ...[
        'content-length: 5',
        'content-length: x',
        'content-length: -1',
        'transfer-encoding: chunked',
        'host: a',
        'expect: x',
      ],
      ...[
        'transfer-encoding: gzip',
        `x: ${'a'.repeat(11_000)}`,
        `x: ${'a'.repeat(20_000)}`,
        ': a',
        'a',
        'é: 1',
        'a : b',
        ' a: b',
      ],
      ...[
        'connection: upgrade\r\nupgrade: websocket',
        'upgrade: h2c',
        'expect: 100-continue',
        'cookie: {',
        'host: localhost',
      ],
    ),
    fc.stringMatching(/^[ -~]{1,60}$/),
  ),
  { maxLength: 4 },
);
