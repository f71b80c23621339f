import type { BuildAppOptions, buildApp } from 'fauxqs';

type ObjectsStore = NonNullable<BuildAppOptions['stores']>['s3Store'];

/** How a put with a condition fails, with S3's status and code. */
interface Refusal {
  readonly status: 404 | 412;
  readonly code: 'NoSuchKey' | 'PreconditionFailed';
}

/**
 * Makes S3 keep the conditions of a put, as AWS does: fauxqs ignores them. Between the check and the put nothing else
 * runs.
 */
export function keepPutConditions(app: ReturnType<typeof buildApp>, objects: ObjectsStore): void {
  app.addHook('preHandler', (request, reply, done) => {
    const { bucket, '*': key } = request.params as { readonly bucket?: string; readonly '*'?: string };
    const { 'if-match': ifMatch, 'if-none-match': ifNoneMatch } = request.headers;
    if (request.method !== 'PUT' || !bucket || !key || !objects.hasBucket(bucket)) return done();
    const refusal = refusalOf({ etag: etagOf(objects, bucket, key), ifMatch, ifNoneMatch });
    if (refusal === undefined) return done();
    const { status, code } = refusal;
    const body = `<?xml version="1.0" encoding="UTF-8"?><Error><Code>${code}</Code><Message>${code}</Message></Error>`;
    return reply.status(status).type('application/xml').send(body);
  });
}

interface Condition {
  /** Of the object that is there. */
  readonly etag: string | undefined;
  readonly ifMatch: string | undefined;
  readonly ifNoneMatch: string | undefined;
}

function refusalOf({ etag, ifMatch, ifNoneMatch }: Condition): Refusal | undefined {
  if (ifNoneMatch === '*' && etag !== undefined) return { status: 412, code: 'PreconditionFailed' };
  if (ifMatch === undefined) return undefined;
  if (etag === undefined) return { status: 404, code: 'NoSuchKey' };
  return bare(ifMatch) === bare(etag) ? undefined : { status: 412, code: 'PreconditionFailed' };
}

function etagOf(objects: ObjectsStore, bucket: string, key: string): string | undefined {
  try {
    return objects.headObject(bucket, key).etag;
  } catch {
    return undefined;
  }
}

/** ETags are sent with quotation marks and without. */
function bare(etag: string): string {
  return etag.replaceAll('"', '');
}
