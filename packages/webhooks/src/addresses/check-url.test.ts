import { expect } from 'chai';
import { PUBLIC_ADDRESSES, refusedAddresses, refusedHosts } from '../testing/refused-addresses.ts';
import { checkUrl } from './check-url.ts';
import { isPublicAddress } from './is-public-address.ts';
import { createResolveHost } from './resolve-host.ts';

const URL_TEXT = 'https://receiver.example/hooks?a=1';
const resolvesTo = (...addresses: string[]) => ({ isLocal: false, resolve: async () => addresses });

async function refusalOf(text: string, rules: Parameters<typeof checkUrl>[1]): Promise<string | undefined> {
  const checked = await checkUrl(text, rules);
  return 'refusal' in checked ? checked.refusal : undefined;
}

describe('the addresses that webhooks may reach', () => {
  it('are refused in more than 300 vectors', () => {
    expect(refusedAddresses.length + refusedHosts.length).to.be.above(300);
    expect(refusedAddresses.filter(isPublicAddress)).to.deep.equal([]);
  });

  it('are allowed where they are public', () => {
    expect(PUBLIC_ADDRESSES.filter((address) => !isPublicAddress(address))).to.deep.equal([]);
  });

  for (const text of ['', 'receiver.example', '127.0.0.1:80', 'fe80', '1.2.3.4.5']) {
    it(`are none of '${text}'`, () => expect(isPublicAddress(text)).to.equal(false));
  }
});

describe('the URL of an endpoint', () => {
  it('is good if all addresses of its host are public', async () => {
    expect(await checkUrl(URL_TEXT, resolvesTo(...PUBLIC_ADDRESSES))).to.deep.equal({
      url: new URL(URL_TEXT),
      address: PUBLIC_ADDRESSES[0],
    });
  });

  it('is refused if the host has an address that is not public, alone or among others', async () => {
    for (const address of refusedAddresses) {
      for (const answer of [[address], ['8.8.8.8', address], [address, '8.8.8.8']]) {
        expect(await refusalOf(URL_TEXT, resolvesTo(...answer)), String(answer)).to.equal('refused-address');
      }
    }
  });

  it('is refused if the host is such an address itself, in any form', async () => {
    const rules = { isLocal: false, resolve: createResolveHost() };
    for (const host of refusedHosts) {
      expect(await refusalOf(`https://${host}/`, rules), host).to.be.oneOf(['refused-address', 'not-a-url']);
    }
    for (const address of refusedAddresses.filter((one) => one.includes(':'))) {
      expect(await refusalOf(`https://[${address}]/`, rules), address).to.be.oneOf(['is-ipv6', 'not-a-url']);
    }
    expect(await refusalOf('https://127.0.0.1:9001/', rules)).to.equal('refused-address');
    expect(await refusalOf('https://localhost/', rules)).to.be.oneOf(['refused-address', 'no-address']);
  });

  const wrong: [string, string][] = [
    ['no url', 'not-a-url'],
    ['http://receiver.example/', 'not-https'],
    ['file:///etc/passwd', 'not-https'],
    ['https://user@receiver.example/', 'has-credentials'],
    ['https://:password@receiver.example/', 'has-credentials'],
    ['https://[2606:4700:4700::1111]/', 'is-ipv6'],
  ];
  for (const [text, refusal] of wrong) {
    it(`'${text}' is refused: ${refusal}`, async () => {
      expect(await refusalOf(text, resolvesTo('8.8.8.8'))).to.equal(refusal);
    });
  }

  it('is refused for a host without an address, or whose name server fails', async () => {
    const fails = { isLocal: false, resolve: () => Promise.reject(new Error('ENOTFOUND')) };
    expect(await refusalOf(URL_TEXT, resolvesTo())).to.equal('no-address');
    expect(await refusalOf(URL_TEXT, fails)).to.equal('no-address');
  });

  it('may be HTTP and this machine in the stage local, and nothing else there', async () => {
    const local = { isLocal: true, resolve: createResolveHost() };
    expect(await checkUrl('http://localhost:8080/', local)).to.have.property('address', '127.0.0.1');
    expect(await checkUrl('http://127.0.0.1:8080/', local)).to.have.property('address', '127.0.0.1');
    expect(await refusalOf('http://169.254.169.254/', local)).to.equal('refused-address');
    expect(await refusalOf('ftp://localhost/', local)).to.equal('not-https');
  });
});
