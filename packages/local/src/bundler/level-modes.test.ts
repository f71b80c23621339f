import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { levelModes } from './level-modes.ts';

describe('levelModes', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'weir-modes-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('gives files the same modes, whatever the umask was, at every depth', async () => {
    mkdirSync(join(folder, 'node_modules/image'), { recursive: true });
    const modes = {
      'events.mjs': 0o600,
      'node_modules/a.js': 0o664,
      'node_modules/image/run.sh': 0o700,
      'b.sh': 0o775,
    };
    for (const [name, mode] of Object.entries(modes)) {
      writeFileSync(join(folder, name), '');
      chmodSync(join(folder, name), mode);
    }
    await levelModes(folder);
    const leveled = Object.keys(modes).map((name) => statSync(join(folder, name)).mode & 0o777);
    expect(leveled).to.deep.equal([0o644, 0o644, 0o755, 0o755]);
  });
});
