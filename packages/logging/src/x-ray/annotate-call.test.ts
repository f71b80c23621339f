import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { expect } from 'chai';
import { type AnnotateDeps, type AnnotatedCall, annotateCall } from './annotate-call.ts';
import { batchOutcome } from './batch-outcome.ts';
import { sampledParent } from './sampled-parent.ts';
import { type Segment, sendSegment } from './send-segment.ts';

const SAMPLED = 'Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1';
const DAEMON = '127.0.0.1:2000';

describe('annotateCall', () => {
  /** Runs a call of two seconds; returns what it gave or threw, and the segments that it sent. */
  async function run(
    header: string | undefined,
    work: () => Promise<unknown>,
    call: Partial<AnnotatedCall<unknown>> = {},
  ) {
    const sent: Segment[] = [];
    let now = 1_768_044_600_000;
    const deps: AnnotateDeps = {
      readTrace: () => (header === undefined ? undefined : { header, daemon: DAEMON }),
      send: async (daemon, segment) => {
        expect(daemon).to.equal(DAEMON);
        sent.push(segment);
      },
      now: () => {
        now += 2_000;
        return now - 2_000;
      },
    };
    const result = await annotateCall({ name: 'weir-x-consume', ...call }, work, deps).catch((error: unknown) => error);
    return { result, sent };
  }

  it('sends a segment of the call, inside that of the function', async () => {
    const { result, sent } = await run(SAMPLED, async () => 3, { annotations: { shard: 'shardId-1', batchSize: 7 } });
    expect(result).to.equal(3);
    expect(sent).to.have.length(1);
    expect(sent[0]).to.deep.include({
      name: 'weir-x-consume',
      trace_id: '1-5759e988-bd862e3fe1be46a994272793',
      parent_id: '53995c3f42cd8ad8',
      type: 'subsegment',
      start_time: 1_768_044_600,
      end_time: 1_768_044_602,
      annotations: { shard: 'shardId-1', batchSize: 7, outcome: 'done' },
    });
    expect(sent[0]?.id).to.match(/^[0-9a-f]{16}$/);
    expect(sent[0]).not.to.have.property('fault');
  });

  it('names the outcome that the result shows', async () => {
    const outcomeOf = (result: unknown) => batchOutcome({ batchItemFailures: result as unknown[] });
    expect((await run(SAMPLED, async () => [], { outcomeOf })).sent[0]?.annotations).to.deep.equal({ outcome: 'done' });
    expect((await run(SAMPLED, async () => [1], { outcomeOf })).sent[0]?.annotations).to.deep.equal({
      outcome: 'retry',
    });
  });

  it('says that a call failed, and throws on', async () => {
    const failure = new Error('no');
    const { result, sent } = await run(SAMPLED, () => Promise.reject(failure));
    expect(result).to.equal(failure);
    expect(sent[0]).to.deep.include({ fault: true, annotations: { outcome: 'error' } });
  });

  it('sends nothing where nobody traces, or where X-Ray does not keep the trace', async () => {
    for (const header of [undefined, SAMPLED.replace('Sampled=1', 'Sampled=0'), 'Root=1-2-3;Sampled=1', '']) {
      expect(await run(header, async () => 3)).to.deep.equal({ result: 3, sent: [] });
    }
  });
});

describe('sampledParent', () => {
  it('reads the fields in any order, with others among them', () => {
    const header = 'Sampled=1;Lineage=a:1;Parent=53995c3f42cd8ad8;Root=1-5759e988-bd862e3fe1be46a994272793';
    expect(sampledParent(header)).to.deep.equal({
      traceId: '1-5759e988-bd862e3fe1be46a994272793',
      segmentId: '53995c3f42cd8ad8',
    });
  });
});

describe('sendSegment', () => {
  const segment: Segment = {
    ...{ name: 'f', id: '1', trace_id: '2', parent_id: '3', type: 'subsegment' },
    ...{ start_time: 1, end_time: 2, annotations: { outcome: 'done' } },
  };

  it('sends a line with the format, and a line with the segment', async () => {
    const daemon = createSocket('udp4').bind(0, '127.0.0.1');
    await once(daemon, 'listening');
    const received = once(daemon, 'message');
    await sendSegment(`127.0.0.1:${daemon.address().port}`, segment);
    const [format, text] = String((await received)[0]).split('\n');
    daemon.close();
    expect(JSON.parse(format ?? '')).to.deep.equal({ format: 'json', version: 1 });
    expect(JSON.parse(text ?? '')).to.deep.equal(segment);
  });

  it('resolves where nothing listens, and where the address is none', async () => {
    await sendSegment('127.0.0.1:9', segment);
    await sendSegment('nowhere', segment);
    await sendSegment('127.0.0.1:99999999', segment);
  });
});
