import type { AwsClient } from '../aws-calls/aws-client.ts';

/** A change of an object. */
export interface ObjectChange {
  /** `ObjectCreated:Put` and the like. */
  readonly name: string;
  readonly bucket: string;
  readonly key: string;
  readonly region: string;
}

/** The event that S3 sends for a change; size and tag are read from the object as it is now. */
export async function objectEvent(aws: AwsClient, { name, bucket, key, region }: ObjectChange): Promise<object> {
  const path = `/${bucket}/${key.split('/').map(encodeURIComponent).join('/')}`;
  const created = name.startsWith('ObjectCreated');
  // Reading the object may fail, also because of a fault: the event is sent all the same.
  const found = created ? await aws.s3('HEAD', path).catch(() => undefined) : undefined;
  const described = found?.ok
    ? { size: Number(found.headers.get('content-length')), eTag: found.headers.get('etag')?.replaceAll('"', '') }
    : {};
  return {
    Records: [
      {
        eventVersion: '2.1',
        eventSource: 'aws:s3',
        awsRegion: region,
        eventTime: new Date().toISOString(),
        eventName: name,
        userIdentity: { principalId: 'local' },
        requestParameters: { sourceIPAddress: '127.0.0.1' },
        responseElements: {},
        s3: {
          s3SchemaVersion: '1.0',
          configurationId: 'local',
          bucket: { name: bucket, ownerIdentity: { principalId: 'local' }, arn: `arn:aws:s3:::${bucket}` },
          // S3 encodes keys as forms do: a space becomes a plus.
          object: {
            key: encodeURIComponent(key).replaceAll('%20', '+').replaceAll('%2F', '/'),
            ...described,
            sequencer: Date.now().toString(16).padStart(18, '0').toUpperCase(),
          },
        },
      },
    ],
  };
}
