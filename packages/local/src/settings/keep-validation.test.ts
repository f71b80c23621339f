import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { keepValidation } from './keep-validation.ts';

interface Settings {
  functions: { one: { dependsOn: unknown; names?: unknown } };
  empty?: undefined;
}

describe('the comparison of settings with the schema', () => {
  let folder: string;
  let compared: number;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'weir-'));
    compared = 0;
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  /** Compares as osls does: single values become lists, in place. */
  async function compare(dependsOn: string, { schema = {}, own = folder } = {}): Promise<unknown> {
    const handler = {
      schema,
      validateConfig: async (settings: object) => {
        compared += 1;
        const { one } = (settings as Settings).functions;
        if (one.dependsOn === 'wrong') throw new Error('it does not fit');
        one.dependsOn = [one.dependsOn];
      },
    };
    keepValidation(handler, own);
    const one = { dependsOn: dependsOn as unknown, names: ['a'] };
    await handler.validateConfig({ functions: { one }, empty: undefined });
    return one;
  }

  it('is done once, and changes the settings each time', async () => {
    for (let start = 1; start <= 3; start += 1) {
      expect(await compare('a')).to.deep.equal({ dependsOn: ['a'], names: ['a'] });
    }
    expect(compared).to.equal(1);
  });

  it('is done again for other settings, another schema, and a damaged file', async () => {
    await compare('a');
    await compare('b');
    await compare('a', { schema: { type: 'object' } });
    for (const name of readdirSync(folder)) writeFileSync(join(folder, name), '[');
    await compare('a');
    expect(compared).to.equal(4);
  });

  it('is done each time for settings that do not fit', async () => {
    for (let start = 1; start <= 2; start += 1) {
      expect(await compare('wrong').catch((error: Error) => error.message)).to.equal('it does not fit');
    }
    expect(compared).to.equal(2);
  });

  it('is done each time where nothing can be written', async () => {
    const own = join(folder, 'file/below');
    writeFileSync(join(folder, 'file'), '');
    for (let start = 1; start <= 2; start += 1) await compare('a', { own });
    expect(compared).to.equal(2);
  });
});
