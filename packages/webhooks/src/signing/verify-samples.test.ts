import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { newAsymmetricSecret, newSymmetricSecret, publicKeyOf } from './secrets.ts';
import { signMessage } from './sign-message.ts';

const PAGE = readFileSync(new URL('../../../../docs/webhooks.md', import.meta.url), 'utf8');
const SECRET = newSymmetricSecret(Buffer.alloc(32, 7));
const PRIVATE = newAsymmetricSecret(Buffer.alloc(32, 8));
const BODY = '{"type":"alert.fired","data":{"action":"für"}}';
const MINUTE_MS = 60_000;

/** What a receiver gets. */
interface Received {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** How a sample is run in a folder of its own: by a program, on files, with the request in its environment. */
interface Sample {
  readonly build?: Sample['command'];
  readonly command: readonly [program: string, ...args: string[]];
  readonly files: (code: string) => Readonly<Record<string, string>>;
}

const SAMPLES: Readonly<Record<string, Sample>> = {
  js: {
    command: [process.execPath, 'main.mjs'],
    files: (code) => ({
      'verify.mjs': code,
      'main.mjs': `
        import { readFileSync } from 'node:fs';
        import { verify } from './verify.mjs';
        verify(process.env.SECRET, JSON.parse(process.env.HEADERS), readFileSync('body', 'utf8'));`,
    }),
  },
  python: {
    command: ['python3', 'main.py'],
    files: (code) => ({
      'main.py': `${code}
import os
verify(os.environ["SECRET"], json.loads(os.environ["HEADERS"]), open("body", "rb").read())`,
    }),
  },
  java: {
    build: ['javac', 'Main.java'],
    command: ['java', '-cp', '.', 'Main'],
    files: (code) => ({
      'Main.java': code.replace(
        'final class',
        `class Main {
          public static void main(String[] args) throws Exception {
            var body = java.nio.file.Files.readAllBytes(java.nio.file.Path.of("body"));
            var env = System.getenv();
            WebhookVerifier.verify(env.get("SECRET"), env.get("ID"), env.get("TIMESTAMP"), env.get("SIGNATURES"), body);
          }
        }
        final class`,
      ),
    }),
  },
  sh: { command: ['bash', 'main.sh'], files: (code) => ({ 'main.sh': code }) },
};

/** The block of code in a language that verifies. */
function codeOf(language: string): string {
  const blocks = [...PAGE.matchAll(new RegExp(`\`\`\`${language}\n(.*?)\`\`\``, 'gs'))].map(([, code = '']) => code);
  const code = blocks.find((block) => /verif/.test(block));
  if (code === undefined) throw new Error(`the page has no program in ${language}`);
  return code;
}

function received(more: Partial<Received> = {}, attemptedAt = Date.now(), secrets = [PRIVATE, SECRET]): Received {
  const body = Buffer.from(BODY);
  return { headers: { ...signMessage({ id: 'msg_1', attemptedAt, body }, secrets) }, body: BODY, ...more };
}

/** The program of the page in a language: whether it accepts a request. */
function open(language: string) {
  const { build, command, files } = SAMPLES[language] as Sample;
  const cwd = mkdtempSync(join(tmpdir(), 'weir-verify-'));
  const run = ([program, ...args]: Sample['command'], more: Record<string, string | undefined> = {}) =>
    spawnSync(program, args, { cwd, env: { PATH: process.env.PATH, ...more }, timeout: 30_000 }).status === 0;
  for (const [name, text] of Object.entries(files(codeOf(language)))) writeFileSync(join(cwd, name), text);
  if (build) expect(run(build)).to.equal(true);
  return {
    accepts({ headers, body }: Received): boolean {
      writeFileSync(join(cwd, 'body'), body);
      return run(command, {
        ...{ SECRET, PUBLIC_KEY: publicKeyOf(PRIVATE), HEADERS: JSON.stringify(headers), ID: headers['webhook-id'] },
        ...{ TIMESTAMP: headers['webhook-timestamp'], SIGNATURES: headers['webhook-signature'] },
      });
    },
    close: () => rmSync(cwd, { recursive: true }),
  };
}

describe('the programs of docs/webhooks.md', function () {
  this.timeout(60_000);
  let sample: ReturnType<typeof open> | undefined;

  afterEach(() => {
    sample?.close();
    sample = undefined;
  });

  for (const [language, { build, command }] of Object.entries(SAMPLES)) {
    it(`in ${language} accept what is signed, and nothing else`, function () {
      if (spawnSync((build ?? command)[0], ['--version']).error) this.skip();
      sample = open(language);
      const { accepts } = sample;
      const good = received();
      expect(accepts(good)).to.equal(true);
      const [first = '', second = ''] = String(good.headers['webhook-signature']).split(' ');
      const swapped = { ...good.headers, 'webhook-signature': `${second} v1,AAAA ${first}` };
      expect(accepts({ ...good, headers: swapped }), 'in another order').to.equal(true);
      expect(accepts({ ...good, body: BODY.replace('für', 'fur') }), 'another body').to.equal(false);
      const other = { ...good.headers, 'webhook-id': 'msg_2' };
      expect(accepts({ ...good, headers: other }), 'another id').to.equal(false);
      expect(accepts(received({}, Date.now() - 6 * MINUTE_MS)), 'an old one').to.equal(false);
      const foreign = [newAsymmetricSecret(Buffer.alloc(32, 1)), newSymmetricSecret(Buffer.alloc(32, 1))];
      expect(accepts(received({}, Date.now(), foreign)), 'other secrets').to.equal(false);
    });
  }
});
