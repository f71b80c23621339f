import { expect } from 'chai';
import { buildForOffline } from './build-for-offline.ts';

describe('building the functions for a developer', () => {
  const custom = { esbuild: { minify: true, sourcemap: false, target: 'node24' }, stage: 1 };

  for (const commands of [['offline'], ['offline', 'start']]) {
    it(`keeps the lines of the TypeScript, in a folder of its own: serverless ${commands.join(' ')}`, () => {
      const service = { custom };
      buildForOffline(service, commands);
      expect(service.custom.esbuild).to.include({ target: 'node24', minify: false, sourcemap: 'linked' });
      expect(service.custom.esbuild)
        .to.have.property('outputWorkFolder')
        .that.is.not.oneOf(['.esbuild', '.serverless']);
      expect(service.custom.stage).to.equal(1);
    });
  }

  for (const commands of [['package'], ['deploy'], ['deploy', 'function'], []]) {
    it(`leaves every other command alone: serverless ${commands.join(' ')}`, () => {
      const service = { custom };
      buildForOffline(service, commands);
      expect(service.custom).to.equal(custom);
    });
  }
});
