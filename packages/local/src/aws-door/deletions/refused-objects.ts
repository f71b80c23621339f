import type { Reply } from '../../aws-calls/aws-call.ts';

/** One object that a DeleteObjects names. */
export interface NamedObject {
  readonly key: string;
  readonly versionId: string | undefined;
  /** The object's own part of the request. */
  readonly xml: string;
}

/** An object that may not be deleted, and why. */
export interface RefusedObject extends NamedObject {
  readonly reason: string;
}

/** The objects that the body of a DeleteObjects names. */
export function objectsToDelete(body: string): readonly NamedObject[] {
  return [...body.matchAll(/<Object>(.*?)<\/Object>/gs)].map(([xml, inner = '']) => ({
    xml,
    key: unescaped(/<Key>(.*?)<\/Key>/s.exec(inner)?.[1] ?? ''),
    versionId: /<VersionId>(.*?)<\/VersionId>/s.exec(inner)?.[1],
  }));
}

/** The body without the refused objects; undefined if no other object is left. */
export function withoutRefused(body: string, refused: readonly RefusedObject[]): string | undefined {
  const rest = refused.reduce((text, { xml }) => text.replace(xml, () => ''), body);
  return rest.includes('<Object>') ? rest : undefined;
}

/** The answer as S3 gives it: an error for each object that may not be deleted, beside what became of the others. */
export function withErrors(reply: Reply, refused: readonly RefusedObject[]): Reply {
  const errors = refused.map(({ key, versionId, reason }) => {
    const version = versionId === undefined ? '' : `<VersionId>${escaped(versionId)}</VersionId>`;
    const parts = `<Key>${escaped(key)}</Key>${version}<Code>AccessDenied</Code><Message>${escaped(reason)}</Message>`;
    return `<Error>${parts}</Error>`;
  });
  const text = reply.body.toString('utf8').replace(/<DeleteResult([^>]*)\/>/, '<DeleteResult$1></DeleteResult>');
  const body = Buffer.from(text.replace('</DeleteResult>', () => `${errors.join('')}</DeleteResult>`));
  return { ...reply, headers: { ...reply.headers, 'content-length': String(body.length) }, body };
}

/** The answer of a DeleteObjects that deletes nothing. */
export const EMPTY_RESULT: Reply = {
  status: 200,
  headers: { 'content-type': 'application/xml' },
  body: Buffer.from('<DeleteResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"></DeleteResult>'),
};

const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' };

function unescaped(text: string): string {
  return text
    .replace(/&#(x?)([\da-f]+);/gi, (_all, hex, code) => String.fromCodePoint(Number.parseInt(code, hex ? 16 : 10)))
    .replace(/&(\w+);/g, (all, name) => ENTITIES[name] ?? all);
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('\r', '&#13;');
}
