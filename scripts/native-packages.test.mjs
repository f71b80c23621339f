import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { isInstalled, lockOf } from './native-packages.mjs';

const binary = (cpu, libc) => ({
  version: '2.0.0',
  integrity: `of ${cpu}`,
  optional: true,
  os: ['linux'],
  cpu: [cpu],
  libc,
});
const packages = {
  'node_modules/image': {
    version: '2.0.0',
    integrity: 'of image',
    dependencies: { colour: '^1.0.0', semver: '^7.0.0' },
    optionalDependencies: { '@image/arm64': '2.0.0', '@image/arm64-musl': '2.0.0', '@image/x64': '2.0.0', other: '1' },
  },
  'node_modules/image/node_modules/semver': { version: '7.0.0', integrity: 'of semver 7' },
  'node_modules/semver': { version: '5.0.0', integrity: 'of semver 5' },
  'node_modules/colour': { version: '1.0.0', integrity: 'of colour', dependencies: { semver: '^5.0.0' } },
  'node_modules/@image/arm64': binary('arm64', ['glibc']),
  'node_modules/@image/arm64-musl': binary('arm64', ['musl']),
  'node_modules/@image/x64': binary('x64', ['glibc']),
  'node_modules/other': { version: '1.0.0', integrity: 'of another', optional: true },
  'node_modules/unrelated': { version: '1.0.0', integrity: 'of nothing' },
};

describe('lockOf', () => {
  const { manifest, lock } = lockOf(packages, 'image');

  it('holds the package, its dependencies where they are, and the binary of Lambda', () => {
    expect(Object.keys(lock.packages).sort()).to.deep.equal([
      '',
      'node_modules/@image/arm64',
      'node_modules/colour',
      'node_modules/image',
      'node_modules/image/node_modules/semver',
      'node_modules/semver',
    ]);
  });

  it('keeps versions and hashes', () => {
    expect(manifest.dependencies).to.deep.equal({ image: '2.0.0' });
    expect(manifest.optionalDependencies).to.deep.equal({ '@image/arm64': '2.0.0' });
    expect(lock.packages['node_modules/@image/arm64']).to.deep.include({ version: '2.0.0', integrity: 'of arm64' });
  });

  it('finds both binaries of sharp in the lock file of the repository', () => {
    const own = JSON.parse(readFileSync(new URL('../package-lock.json', import.meta.url), 'utf8'));
    expect(Object.keys(lockOf(own.packages, 'sharp').manifest.optionalDependencies)).to.have.members([
      '@img/sharp-linux-arm64',
      '@img/sharp-libvips-linux-arm64',
    ]);
  });
});

describe('lockOf several packages', () => {
  it('holds all of them, and their binaries in the lock file of the repository', () => {
    const own = JSON.parse(readFileSync(new URL('../package-lock.json', import.meta.url), 'utf8'));
    const { manifest } = lockOf(own.packages, '@resvg/resvg-js', '@expo-google-fonts/inter');
    expect(Object.keys(manifest.dependencies)).to.deep.equal(['@resvg/resvg-js', '@expo-google-fonts/inter']);
    expect(Object.keys(manifest.optionalDependencies)).to.deep.equal(['@resvg/resvg-js-linux-arm64-gnu']);
  });
});

describe('isInstalled', () => {
  const wanted = lockOf(packages, 'image');

  it('is complete with all of its packages', () => {
    expect(isInstalled(wanted, { packages: wanted.lock.packages })).to.equal(true);
  });

  it('is not complete with none, with a part, or with another version', () => {
    const { 'node_modules/@image/arm64': own, ...others } = wanted.lock.packages;
    expect(isInstalled(wanted, undefined)).to.equal(false);
    expect(isInstalled(wanted, { packages: others })).to.equal(false);
    const older = { ...others, 'node_modules/@image/arm64': { ...own, integrity: 'of an older one' } };
    expect(isInstalled(wanted, { packages: older })).to.equal(false);
  });
});
