import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import fc from 'fast-check';
import { Webhook as StandardWebhook } from 'standardwebhooks';
import { Webhook as SvixWebhook } from 'svix';
import { newAsymmetricSecret, newSymmetricSecret, publicKeyOf } from './secrets.ts';
import { signMessage } from './sign-message.ts';

const SPKI_PREFIX = Buffer.from('302a300506032b6570032100', 'hex');

const symmetric = fc.uint8Array({ minLength: 24, maxLength: 64 }).map(newSymmetricSecret);
const asymmetric = fc.uint8Array({ minLength: 32, maxLength: 32 }).map(newAsymmetricSecret);
const secretsOf = fc.record({ secret: symmetric, before: symmetric, key: asymmetric });
const bodies = fc.object({ maxDepth: 2 }).map((data) => JSON.stringify({ type: 'alert.fired', data }));

function headersOf(body: string, secrets: readonly string[], attemptedAt = Date.now()) {
  return { ...signMessage({ id: 'msg_1', attemptedAt, body: Buffer.from(body) }, secrets) };
}

describe('the signatures of a message', () => {
  it('are those of the fixed vectors: v1 of the reference libraries', () => {
    const signed = { id: 'msg_p5jXN8AQM9LWM0D4loKWxJek', attemptedAt: 1_614_265_330_999 };
    const headers = signMessage({ ...signed, body: Buffer.from('{"test": 2432232314}') }, [
      'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
    ]);
    expect(headers).to.deep.equal({
      'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      'webhook-timestamp': '1614265330',
      'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    });
  });

  it('verify by standardwebhooks and svix, alone, beside a v1a, and beside the secret before a rotation', () => {
    fc.assert(
      fc.property(secretsOf, bodies, ({ secret, before, key }, body) => {
        for (const secrets of [[secret], [key, secret], [secret, key], [before, key, secret]]) {
          const headers = headersOf(body, secrets);
          expect(new StandardWebhook(secret).verify(body, headers)).to.deep.equal(JSON.parse(body));
          expect(() => new SvixWebhook(secret).verify(body, headers)).not.to.throw();
        }
      }),
      { numRuns: 50 },
    );
  });

  it('verify no other body, id or time, and none with a key alone', () => {
    const secret = newSymmetricSecret(Buffer.alloc(24, 1));
    const headers = headersOf('{"a":1}', [secret]);
    const webhook = new StandardWebhook(secret);
    const later = String(Number(headers['webhook-timestamp']) + 1);
    expect(() => webhook.verify('{"a":2}', headers)).to.throw('No matching signature');
    expect(() => webhook.verify('{"a":1}', { ...headers, 'webhook-id': 'msg_2' })).to.throw('No matching signature');
    expect(() => webhook.verify('{"a":1}', { ...headers, 'webhook-timestamp': later })).to.throw('No matching');
    const onlyKey = headersOf('{"a":1}', [newAsymmetricSecret(Buffer.alloc(32, 1))]);
    expect(() => webhook.verify('{"a":1}', onlyKey)).to.throw('No matching signature');
    expect(() => new SvixWebhook(secret).verify('{"a":2}', headers)).to.throw('No matching signature');
  });

  it('are those of OpenSSL where they are v1a', () => {
    const folder = mkdtempSync(join(tmpdir(), 'weir-v1a-'));
    try {
      const secret = newAsymmetricSecret(Buffer.from('whsk of a test, of 32 bytes in all'.slice(0, 32)));
      const body = '{"type":"endpoint.test"}';
      const headers = headersOf(body, [secret], 1_764_000_000_000);
      const key = Buffer.from(String(publicKeyOf(secret)).slice('whpk_'.length), 'base64');
      const signature = Buffer.from(headers['webhook-signature'].slice('v1a,'.length), 'base64');
      writeFileSync(join(folder, 'key'), Buffer.concat([SPKI_PREFIX, key]));
      writeFileSync(join(folder, 'signature'), signature);
      writeFileSync(join(folder, 'signed'), `msg_1.1764000000.${body}`);
      const verify = ['pkeyutl', '-verify', '-pubin', '-keyform', 'DER', '-inkey', 'key', '-rawin', '-in', 'signed'];
      const said = execFileSync('openssl', [...verify, '-sigfile', 'signature'], { cwd: folder, encoding: 'utf8' });
      expect(said).to.contain('Signature Verified Successfully');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
