import type { Context } from 'aws-lambda';
import { expect } from 'chai';
import sinon from 'sinon';
import { createTelemetry, silentLog, silentMeter } from './index.ts';

const CONTEXT = {
  functionName: 'weir-x-consume',
  awsRequestId: 'request-1',
  invokedFunctionArn: 'arn',
  memoryLimitInMB: '128',
} as Context;

describe('createTelemetry', () => {
  let written: string[];

  beforeEach(() => {
    written = [];
    const keep = (chunk: unknown) => written.push(String(chunk)) > 0;
    sinon.stub(process.stdout, 'write').callsFake(keep);
    sinon.stub(process.stderr, 'write').callsFake(keep);
  });

  afterEach(() => sinon.restore());

  /** Runs `work` in one call of a function, and returns the lines that it wrote. */
  async function linesOf(work: (telemetry: ReturnType<typeof createTelemetry>) => Promise<unknown>, logLevel = 'INFO') {
    await work(createTelemetry({ service: 'weir-x', stage: 'test', logLevel: logLevel as 'INFO' }));
    sinon.restore();
    return written.map((line) => JSON.parse(line) as Record<string, unknown>);
  }

  it('writes a line of JSON with service, stage and the ids of the call', async () => {
    const [line] = await linesOf(({ log, observe }) =>
      observe({ context: CONTEXT, correlationId: 'c-1' }, async () => log.info('folded', { rows: 3 })),
    );
    expect(line).to.include({
      level: 'INFO',
      message: 'folded',
      rows: 3,
      service: 'weir-x',
      stage: 'test',
      function_request_id: 'request-1',
      correlation_id: 'c-1',
    });
  });

  it('counts failed answers by version, if the function has versions', async () => {
    const lines = await linesOf(async ({ observe }) => {
      for (const [functionVersion, status] of [
        ['$LATEST', 500],
        ['12', 200],
        ['12', 500],
      ] as const) {
        const hasFailed = (answer: number) => answer >= 500;
        await observe({ context: { ...CONTEXT, functionVersion }, hasFailed }, async () => status);
      }
    });
    expect(lines).to.have.length(1);
    const dimensions = {
      service: 'weir-x',
      stage: 'test',
      function_name: CONTEXT.functionName,
      function_version: '12',
    };
    expect(lines[0]).to.include({ ...dimensions, AnswersFailed: 1 });
    expect(lines[0])
      .to.have.nested.property('_aws.CloudWatchMetrics[0].Dimensions')
      .that.deep.equals([Object.keys(dimensions)]);
  });

  it('correlates by the request id where nothing else is known', async () => {
    const [line] = await linesOf(({ log, observe }) => observe({ context: CONTEXT }, async () => log.warn('slow')));
    expect(line).to.include({ correlation_id: 'request-1' });
  });

  it('writes an error with its name, message, stack and cause', async () => {
    const error = new TypeError('outer', { cause: new Error('inner') });
    const [line] = await linesOf(async ({ log }) => log.error('failed', { error }));
    expect(line?.error).to.include({ name: 'TypeError', message: 'outer' }).and.to.have.property('stack');
    expect(line).to.have.nested.property('error.cause.message', 'inner');
  });

  it('publishes metrics in the embedded format when the call ends, by service and stage', async () => {
    const [line] = await linesOf(({ meter, observe }) =>
      observe({ context: CONTEXT }, async () => {
        meter.count('OtherEvents');
        meter.count('OtherEvents', 4);
        meter.observe('UnfoldedAge', 'Seconds', 7);
      }),
    );
    expect(line).to.deep.include({ service: 'weir-x', stage: 'test', OtherEvents: [1, 4], UnfoldedAge: 7 });
    expect(line).to.have.nested.property('_aws.CloudWatchMetrics[0].Namespace', 'Weir');
    expect(line).to.have.deep.nested.property('_aws.CloudWatchMetrics[0].Dimensions', [['service', 'stage']]);
  });

  it('publishes the metrics of a call that throws, and throws on', async () => {
    const failure = new Error('no');
    let thrown: unknown;
    const lines = await linesOf(({ meter, observe }) =>
      observe({ context: CONTEXT }, async () => {
        meter.count('BatchesFailed');
        throw failure;
      }).catch((error: unknown) => {
        thrown = error;
      }),
    );
    expect(thrown).to.equal(failure);
    expect(lines).to.have.length(1);
    expect(lines[0]).to.include({ BatchesFailed: 1 });
  });

  it('says nothing of a call that logged and measured nothing', async () => {
    expect(await linesOf(({ observe }) => observe({ context: CONTEXT }, async () => 1))).to.deep.equal([]);
  });

  it('writes no line below its level', async () => {
    const lines = await linesOf(async ({ log }) => {
      log.debug('a');
      log.info('b');
      log.warn('c');
      log.error('d');
    }, 'WARN');
    expect(lines.map(({ message }) => message)).to.deep.equal(['c', 'd']);
  });

  it('is silent where nobody reads it', async () => {
    const lines = await linesOf(async ({ log }) => {
      log.error('a');
      silentLog.error('b');
      silentMeter.count('c');
    }, 'SILENT');
    expect(lines).to.deep.equal([]);
  });
});
