import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect } from 'chai';

const MAINS = readdirSync(import.meta.dirname, { encoding: 'utf8', recursive: true }).filter((name) =>
  /\bmain-/.test(name),
);
/** Loading clients of AWS takes most of a second, and more beside other tests. */
const TIMEOUT_MS = 60_000;

async function run(file: string, args: readonly string[]): Promise<{ code: number; err: string }> {
  const child = spawn(process.execPath, [join(import.meta.dirname, file), ...args], { timeout: TIMEOUT_MS });
  const [[code], err] = await Promise.all([once(child, 'exit'), text(child.stderr)]);
  return { code, err };
}

describe('the commands of deployments', function () {
  this.timeout(TIMEOUT_MS);

  it('read their arguments in one way', async () => {
    const runs = await Promise.all(MAINS.map((file) => run(file, ['--nonsense'])));
    for (const [at, { code, err }] of runs.entries()) {
      const name = MAINS[at]?.replace(/^.*main-|\.ts$/g, '');
      expect(err).to.match(new RegExp(`^There is no option --nonsense: there are .*--help\\. Usage: npm run ${name}`));
      expect(code).to.equal(1);
    }
  });
});
