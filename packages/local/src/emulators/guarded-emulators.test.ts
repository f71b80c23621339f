import { expect } from 'chai';
import { INNER_HEADERS } from '../aws-calls/inner-call.ts';
import type { Emulator } from './emulator.ts';
import { startKinesis } from './kinesis.ts';
import { startStorage } from './storage.ts';

const emulators: readonly (readonly [name: string, start: (dataDir: undefined) => Promise<Emulator>])[] = [
  ['kinesalite', startKinesis],
  ['fauxqs', startStorage],
];

for (const [name, start] of emulators) {
  describe(`${name}, behind the door`, () => {
    let emulator: Emulator;
    before(async () => {
      emulator = await start(undefined);
    });
    after(() => emulator.close());

    it('answers this process, and no other program that finds its port', async () => {
      const url = `http://127.0.0.1:${emulator.port}/`;
      expect(await (await fetch(url, { headers: INNER_HEADERS })).text()).to.not.include('only for the local AWS');
      for (const headers of [{}, { 'x-weir-inner': 'guess' }]) {
        const refused = await fetch(url, { headers });
        expect(refused.status).to.equal(403);
        expect(await refused.text()).to.include('only for the local AWS itself');
      }
    });
  });
}
