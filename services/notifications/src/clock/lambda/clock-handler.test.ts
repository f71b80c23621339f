import { silentLog, type Telemetry } from '@weir/logging';
import type { Context } from 'aws-lambda';
import { expect } from 'chai';
import { createClockHandler } from './clock-handler.ts';

describe('the function of the clock', () => {
  it('measures what was due, and costs no metric where nothing was', async () => {
    const measured: unknown[] = [];
    const meter = { count: () => undefined, observe: (...observed: unknown[]) => void measured.push(observed) };
    const telemetry: Telemetry = { log: silentLog, meter, observe: (_, work) => work() };
    for (const due of [0, 7]) {
      const handler = createClockHandler(telemetry, async () => ({ due, sent: due }));
      expect(await handler({}, {} as Context)).to.deep.equal({ due, sent: due });
    }
    expect(measured).to.deep.equal([['WebhooksDue', 'Count', 7]]);
  });
});
