import { expect } from 'chai';
import { isOwnHost, namedHosts } from './own-host.ts';

describe('isOwnHost', () => {
  const own = ['localhost', 'localhost:3000', 'LOCALHOST:1', '127.0.0.1:4566', '[::1]:3000', 'photos.localhost:4566'];
  for (const host of own) {
    it(`knows ${host}`, () => {
      expect(isOwnHost(host, [])).to.equal(true);
    });
  }

  const foreign = [
    undefined,
    '',
    'evil.test',
    'evil.test:3000',
    'localhost.evil.test',
    'notlocalhost',
    '127.0.0.1.evil.test',
    '127.0.0.1@evil.test',
    '.localhost.',
    '192.168.0.7:3000',
    'photos.s3.us-east-1.amazonaws.com',
  ];
  for (const host of foreign) {
    it(`does not know ${host}`, () => {
      expect(isOwnHost(host, [])).to.equal(false);
    });
  }

  it('knows a name that somebody has set, and no other', () => {
    const hosts = namedHosts({ WEIR_LOCAL_HOSTS: 'Host.Docker.Internal, wsl.lan' });
    expect(isOwnHost('host.docker.internal:4566', hosts)).to.equal(true);
    expect(isOwnHost('wsl.lan', hosts)).to.equal(true);
    expect(isOwnHost('docker.internal', hosts)).to.equal(false);
    expect(namedHosts({})).to.deep.equal([]);
  });
});
