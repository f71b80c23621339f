import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Serverless } from '../framework/serverless.ts';
import { expectNativePackages } from './expect-native-packages.ts';

const LOCK = { 'node_modules/image': { integrity: 'one' }, 'node_modules/other': { integrity: 'two' } };

describe('expectNativePackages', () => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'weir-native-'));
    writeFileSync(join(root, 'package-lock.json'), JSON.stringify({ packages: LOCK }));
  });
  afterEach(() => rmSync(root, { recursive: true }));

  const install = (packages: object, asked = packages) => {
    const folder = join(root, 'services/api/.native/node_modules');
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, '.package-lock.json'), JSON.stringify({ packages }));
    writeFileSync(join(folder, '../package-lock.json'), JSON.stringify({ packages: { '': {}, ...asked } }));
  };
  const check = (patterns: string[]) => {
    const serverless = {
      serviceDir: join(root, 'services/api'),
      service: {
        getAllFunctions: () => ['events', 'thumbnail'],
        getFunction: (key: string) => (key === 'thumbnail' ? { package: { patterns } } : {}),
      },
      classes: { Error },
    };
    return () => expectNativePackages(serverless as unknown as Serverless);
  };

  it('asks nothing of functions that bring no packages along', () => {
    expect(check([])).not.to.throw();
    expect(check(['assets/**'])).not.to.throw();
  });

  it('takes what is installed as the lock file says', () => {
    install({ 'node_modules/image': { integrity: 'one' } });
    expect(check(['.native/node_modules/**'])).not.to.throw();
  });

  it('says in one sentence what to do where nothing is installed', () => {
    expect(check(['.native/node_modules/**'])).to.throw(
      /^\.native\/node_modules is not installed: run npm run native, which needs the npm registry$/,
    );
  });

  it('refuses a package without its binary, which npm leaves out where it cannot fetch it', () => {
    install({ 'node_modules/image': { integrity: 'one' } }, LOCK);
    expect(check(['.native/node_modules/**'])).to.throw(
      /^\.native\/node_modules lacks node_modules\/other: run npm run native/,
    );
  });

  it('refuses what is older than the lock file', () => {
    install({ 'node_modules/image': { integrity: 'older' } });
    expect(check(['.native/node_modules/**'])).to.throw(/^\.native\/node_modules has another node_modules\/image than/);
  });
});
