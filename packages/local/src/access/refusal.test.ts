import { expect } from 'chai';
import { refusalOf } from './refusal.ts';

const HOST = 'localhost:3000';
const NAMED = 'https://app.example.com';

/** What browsers send with a link that is followed. */
const VISIT = { 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' };

function isLetIn(headers: Record<string, string>, method = 'GET', hasPages = true): boolean {
  const rules = { hosts: [], origins: () => [NAMED], hasPages };
  return refusalOf({ method, headers: { host: HOST, ...headers } }, rules) === undefined;
}

describe('refusalOf', () => {
  it('lets programs in, and addresses that somebody types', () => {
    expect(isLetIn({}, 'POST')).to.equal(true);
    expect(isLetIn({ 'sec-fetch-site': 'none', ...VISIT })).to.equal(true);
  });

  it('refuses another host, whoever asks, and says how to name it', () => {
    expect(isLetIn({ host: 'evil.test' })).to.equal(false);
    const rules = { hosts: [], origins: () => ['*'], hasPages: true };
    const reason = refusalOf({ method: 'GET', headers: { host: 'evil.test', origin: 'http://evil.test' } }, rules);
    expect(reason).to.include('"evil.test" is not this machine').and.include('WEIR_LOCAL_HOSTS');
  });

  for (const method of ['GET', 'POST', 'OPTIONS']) {
    it(`lets ${method} of a named origin in, and of the port's own pages, and of no other`, () => {
      expect(isLetIn({ origin: NAMED }, method)).to.equal(true);
      expect(isLetIn({ origin: `http://${HOST}` }, method)).to.equal(true);
      for (const origin of ['https://evil.test', 'null', '', 'http://localhost:5173', `https://${HOST}`]) {
        expect(isLetIn({ origin }, method), origin).to.equal(false);
      }
    });
  }

  it('refuses pictures and scripts of foreign pages, which carry no Origin', () => {
    for (const site of ['cross-site', 'same-site']) {
      expect(isLetIn({ 'sec-fetch-site': site, 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'image' })).to.equal(
        false,
      );
      expect(isLetIn({ 'sec-fetch-site': site, referer: 'https://evil.test/page' })).to.equal(false);
    }
    expect(isLetIn({ 'sec-fetch-site': 'cross-site', referer: `${NAMED}/` })).to.equal(true);
    expect(isLetIn({ 'sec-fetch-site': 'same-origin' })).to.equal(true);
  });

  it('lets a link lead to a page, and nothing else than a link', () => {
    expect(isLetIn({ 'sec-fetch-site': 'cross-site', ...VISIT })).to.equal(true);
    expect(isLetIn({ 'sec-fetch-site': 'cross-site', ...VISIT }, 'POST')).to.equal(false);
    expect(isLetIn({ 'sec-fetch-site': 'cross-site', ...VISIT, 'sec-fetch-dest': 'iframe' })).to.equal(false);
    expect(isLetIn({ 'sec-fetch-site': 'cross-site', ...VISIT, origin: 'https://evil.test' })).to.equal(false);
  });

  it('lets no page of its own in where a port has none', () => {
    expect(isLetIn({ origin: `http://${HOST}` }, 'POST', false)).to.equal(false);
    expect(isLetIn({ 'sec-fetch-site': 'same-origin' }, 'GET', false)).to.equal(false);
    expect(isLetIn({ 'sec-fetch-site': 'cross-site', ...VISIT }, 'GET', false)).to.equal(false);
    expect(isLetIn({}, 'GET', false)).to.equal(true);
  });

  it('lets every page in where every origin is named, on this machine', () => {
    const rules = { hosts: [], origins: () => ['*'], hasPages: false };
    const refused = (origin: string) => refusalOf({ method: 'POST', headers: { host: HOST, origin } }, rules);
    expect(refused('https://evil.test')).to.equal(undefined);
    expect(refused('null')).to.equal(undefined);
  });
});
