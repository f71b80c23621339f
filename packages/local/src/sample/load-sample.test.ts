import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DescribeStreamSummaryCommand, type KinesisClient, PutRecordsCommand } from '@aws-sdk/client-kinesis';
import { expect } from 'chai';
import type { ActionAnswer, ApiClient } from '../api-client/api-client.ts';
import { countedFlights, loadSample, untilFlightsCounted } from './load-sample.ts';
import { newLoad, planSample } from './sample-state.ts';

const NOW = Date.UTC(2026, 0, 15);

describe('loading the sample', () => {
  let folder: string;
  let stateFile: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'weir-'));
    stateFile = join(folder, 'sample.json');
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  /** A stream that is in these states, one after the other, and takes so many calls. */
  function streamOf(states: (string | Error)[], takes = Number.POSITIVE_INFINITY) {
    const ids: string[] = [];
    let calls = 0;
    const send = async (command: object) => {
      if (command instanceof DescribeStreamSummaryCommand) {
        const StreamStatus = states.length > 1 ? states.shift() : states[0];
        if (StreamStatus instanceof Error) throw StreamStatus;
        return { StreamDescriptionSummary: { StreamStatus } };
      }
      if (!(command instanceof PutRecordsCommand)) throw new Error('another call');
      calls += 1;
      if (calls > takes) throw new Error('the line is cut');
      ids.push(...(command.input.Records ?? []).map(({ PartitionKey = '' }) => PartitionKey));
      return { Records: command.input.Records?.map(() => ({})) };
    };
    return { target: { client: { send } as unknown as KinesisClient, streamName: 'events' }, ids };
  }

  it('waits for the stream, sends every flight, and remembers that it did', async () => {
    const missing = Object.assign(new Error('not yet'), { name: 'ResourceNotFoundException' });
    const { target, ids } = streamOf([missing, 'CREATING', 'ACTIVE']);
    const sent = await loadSample(target, newLoad(NOW), stateFile);
    expect([sent, ids.length, new Set(ids).size]).to.deep.equal([20_000, 20_000, 20_000]);
    expect(planSample(stateFile, true, NOW).outcome).to.not.be.oneOf(['load', 'resume', 'cut-off']);
  });

  it('that was cut off is sent again with the same ids, which count once', async () => {
    const first = streamOf(['ACTIVE'], 3);
    const failed = await loadSample(first.target, newLoad(NOW), stateFile).catch((error: Error) => error.message);
    expect(failed).to.equal('the line is cut');
    const plan = planSample(stateFile, true, NOW + 60_000);
    if (plan.outcome !== 'resume') throw new Error(`the plan is ${plan.outcome}`);
    const second = streamOf(['ACTIVE']);
    await loadSample(second.target, plan.load, stateFile);
    expect(second.ids.slice(0, first.ids.length)).to.deep.equal(first.ids);
    expect(second.ids).to.have.length(20_000);
  });

  it('says why the stream cannot be asked', async () => {
    const { target } = streamOf([new Error('no such region')]);
    expect(await loadSample(target, newLoad(NOW), stateFile).catch((error: Error) => error.message)).to.equal(
      'no such region',
    );
  });
});

describe('counting the sample', () => {
  const apiOf = (...counts: readonly number[]) => {
    const left = [...counts];
    return {
      actions: async () => {
        const count = (left.length > 1 ? left.shift() : left[0]) ?? 0;
        return [
          { action: 'departure.ABQ', count },
          { action: 'other', count: 1_000_000 },
        ] as ActionAnswer[];
      },
    } as ApiClient;
  };

  it('is of flights only', async () => {
    expect(await countedFlights(apiOf(7))).to.equal(7);
  });

  it('waits until they are all counted, or the time is over', async () => {
    expect(await untilFlightsCounted(apiOf(1, 20), 20, 5_000)).to.equal(20);
    expect(await untilFlightsCounted(apiOf(1), 20, 0)).to.equal(1);
  });
});
