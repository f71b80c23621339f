import { expect } from 'chai';
import type { AwsCall } from '../aws-calls/aws-call.ts';
import type { AwsClient } from '../aws-calls/aws-client.ts';
import type { InvokeResult } from '../invoke/lambda-invoke.ts';
import { type AnswerCall, answered, recordedAws } from '../testing/recorded-aws.ts';
import { createBucketNotifications } from './bucket-notifications.ts';
import { functionEvent } from './testing/function-event.ts';

interface S3Event {
  readonly Records: readonly [
    {
      readonly eventName: string;
      readonly awsRegion: string;
      readonly s3: { readonly bucket: { name: string }; readonly object: Readonly<Record<string, unknown>> };
    },
  ];
}

const RESOURCES = { Avatars: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'avatars' } } };
const CREATED = { service: 's3', action: 'PutObject', resource: 'avatars/in/a b+c.png' };
const answerHead: AnswerCall = (name) =>
  name.startsWith('s3 HEAD') ? answered({}, { 'content-length': '42', etag: '"e"' }) : undefined;

describe("a bucket's notifications", () => {
  let given: S3Event[];
  let lines: string[];
  let results: InvokeResult[];
  const invoke = async (event: object): Promise<InvokeResult> => {
    given.push(event as S3Event);
    return results.shift() ?? { outcome: 'returned', value: null };
  };
  beforeEach(() => {
    given = [];
    lines = [];
    results = [];
  });

  /** The events that the function got for these calls. */
  async function notified(
    events: Parameters<typeof functionEvent>[0],
    calls: readonly (Partial<AwsCall> & { readonly answer?: number | 'lost' })[],
    {
      aws = recordedAws(answerHead),
      own = RESOURCES,
    }: { readonly aws?: AwsClient; readonly own?: typeof RESOURCES } = {},
  ): Promise<S3Event[]> {
    const notifications = createBucketNotifications(aws, (line) => lines.push(line), [0, 0, 0]);
    const event = functionEvent(events, { invoke, resources: own });
    const running = notifications.join(event.registration, [event]);
    for (const { answer = 200, ...call } of calls) {
      const status = answer === 'lost' ? undefined : answer;
      notifications.observe(call as AwsCall, { status, responseBytes: 0, readUnits: 0, writeUnits: 0 });
    }
    await running.stop();
    return given;
  }
  const keys = (events: readonly S3Event[]) => events.map(({ Records: [{ s3 }] }) => s3.object.key);

  it('say which object was made, how large it is, and its key as forms write it', async () => {
    const [event] = await notified([{ s3: { bucket: { Ref: 'Avatars' } } }], [CREATED]);
    const record = event?.Records[0];
    expect(record).to.deep.include({ eventName: 'ObjectCreated:Put', awsRegion: 'eu-west-1' });
    expect(record?.s3.bucket.name).to.equal('avatars');
    expect(record?.s3.object).to.include({ key: 'in/a+b%2Bc.png', size: 42, eTag: 'e' });
  });

  it('come by the name alone, and for the kinds of calls that make an object', async () => {
    const actions = ['PutObject', 'PostObject', 'CopyObject', 'CompleteMultipartUpload', 'UploadPart', 'GetObject'];
    const calls = [...actions, 'DeleteObject'].map((action) => ({ ...CREATED, action }));
    const events = await notified([{ s3: 'avatars' }], calls);
    expect(events.map(({ Records: [{ eventName }] }) => eventName)).to.have.members([
      ...['ObjectCreated:Put', 'ObjectCreated:Post', 'ObjectCreated:Copy', 'ObjectCreated:CompleteMultipartUpload'],
    ]);
  });

  it('come only for the bucket, the event, and the beginning and end of the key that are asked for', async () => {
    const s3 = {
      ...{ bucket: 'avatars', event: ['s3:ObjectCreated:Put', 's3:ObjectRemoved:*'] },
      rules: [{ prefix: 'in/' }, { suffix: '.png' }],
    };
    const events = await notified(
      [{ s3 }],
      [
        { ...CREATED, resource: 'avatars/in/1.png' },
        { ...CREATED, resource: 'avatars/in/2.png', action: 'CopyObject' },
        { ...CREATED, resource: 'avatars/in/3.png', action: 'DeleteObject' },
        { ...CREATED, resource: 'avatars/in/4.jpg' },
        { ...CREATED, resource: 'avatars/out/5.png' },
        { ...CREATED, resource: 'others/in/6.png' },
        { ...CREATED, service: 'dynamodb' },
        { ...CREATED, resource: undefined },
        { ...CREATED, answer: 403 },
        { ...CREATED, answer: 'lost' },
      ],
    );
    expect(keys(events)).to.have.members(['in/1.png', 'in/3.png']);
  });

  it("are also those of the bucket's own configuration, for the function that it names", async () => {
    const configuration = (Value: string, own: unknown) => ({
      ...{ Event: 's3:ObjectCreated:*', Function: own },
      Filter: { S3Key: { Rules: [{ Name: 'Prefix', Value }] } },
    });
    const LambdaConfigurations = [
      configuration('in/', { 'Fn::GetAtt': ['ShrinkLambdaFunction', 'Arn'] }),
      configuration('text/', { 'Fn::GetAtt': 'ShrinkLambdaFunction.Arn' }),
      configuration('out/', { 'Fn::GetAtt': 'OtherLambdaFunction.Arn' }),
      configuration('out/', { Ref: 'ShrinkLambdaFunction' }),
    ];
    const Properties = { BucketName: 'avatars', NotificationConfiguration: { LambdaConfigurations } };
    const own = { Avatars: { Type: 'AWS::S3::Bucket', Properties } };
    const calls = ['in/1', 'text/2', 'out/3'].map((key) => ({ ...CREATED, resource: `avatars/${key}` }));
    expect(keys(await notified([], calls, { own }))).to.have.members(['in/1', 'text/2']);
  });

  it('come again if the function fails, three times in all, and are then given up', async () => {
    results = Array(3).fill({ outcome: 'failed', reason: 'no' });
    expect(await notified([{ s3: 'avatars' }], [CREATED])).to.have.length(3);
    const end =
      'weir-api-local-shrink: Gave up ObjectCreated:Put of avatars/in/a b+c.png (RetriesExhausted: no), which is lost';
    expect([lines.length, lines[2]]).to.deep.equal([3, end]);
  });

  it('come without a size if reading the object fails, or its connection drops', async () => {
    const cut = recordedAws(() => {
      throw new Error('socket hang up');
    });
    const [event] = await notified([{ s3: 'avatars' }], [CREATED], { aws: cut });
    expect(event?.Records[0].s3.object).to.include({ key: 'in/a+b%2Bc.png' }).and.not.to.have.property('size');
  });

  it('come no more after their service has left, which waits for those under way', async () => {
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const slow = async (): Promise<InvokeResult> => {
      await held;
      given.push({} as S3Event);
      return { outcome: 'returned', value: null };
    };
    const notifications = createBucketNotifications(recordedAws(answerHead), () => {}, [0]);
    const event = functionEvent([{ s3: 'avatars' }], { invoke: slow, resources: RESOURCES });
    const running = notifications.join(event.registration, [event]);
    const result = { status: 200, responseBytes: 0, readUnits: 0, writeUnits: 0 };
    notifications.observe(CREATED as AwsCall, result);
    const stopping = running.stop().then(() => given.length);
    notifications.observe(CREATED as AwsCall, result);
    setTimeout(release, 5);
    expect(await stopping).to.equal(1);
  });
});
