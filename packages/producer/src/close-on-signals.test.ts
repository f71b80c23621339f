import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect } from 'chai';

const script = `
import { closeOnSignals } from ${JSON.stringify(new URL('./close-on-signals.ts', import.meta.url).href)};
closeOnSignals({ close: async () => { await new Promise((done) => setTimeout(done, 50)); console.log('closed'); } });
setInterval(() => {}, 1000);
console.log('ready');
`;

describe('closeOnSignals', () => {
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    it(`closes the producer, and then ends the process, on ${signal}`, async () => {
      const child = spawn(process.execPath, ['--input-type=module-typescript', '--eval', script]);
      let output = '';
      child.stdout.on('data', (chunk: Buffer) => {
        output += chunk.toString();
        if (output === 'ready\n') child.kill(signal);
      });
      const [code, by] = await once(child, 'exit');
      expect([code, by]).to.deep.equal([null, signal]);
      expect(output).to.equal('ready\nclosed\n');
    });
  }
});
