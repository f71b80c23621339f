import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { OUT_OF_REACH } from './out-of-reach.ts';
import { placeholdersFor } from './placeholders.ts';
import { readCommands } from './read-commands.ts';

const PAGE = readFileSync(join(import.meta.dirname, '../../../../docs/deploy.md'), 'utf8');
const TABLE_ROW = /^\| `([^`]+)` \| (it|moto)/gm;

describe('docs/deploy.md', () => {
  const commands = readCommands(PAGE);

  it('leads from an empty account to the first event in ten commands or fewer', () => {
    const first = commands.filter(({ section }) => section === 'The first time').map(({ text }) => text);
    const atAll = first.findIndex((text) => text.startsWith('npm run smoke')) + 1;
    expect(first[0]).to.match(/^export AWS_REGION=/);
    expect(first[1]).to.match(/^git clone /);
    expect(atAll).to.be.within(1, 10);
  });

  it('names the commands that moto cannot run, and no others', () => {
    const named = [...PAGE.matchAll(TABLE_ROW)].map(([, begins]) => begins);
    expect(named).to.deep.equal(OUT_OF_REACH.map(({ begins }) => begins));
  });

  it('has nothing in angle brackets, in commands that are run, for which nothing stands', () => {
    const run = commands.filter(
      ({ text }) => !OUT_OF_REACH.some(({ begins, isLeftOut }) => isLeftOut && text.startsWith(begins)),
    );
    const words = run.flatMap(({ text }) => text.match(/<[^<>]+>/g) ?? []);
    expect(new Set(words)).to.deep.equal(new Set(Object.keys(placeholdersFor('/'))));
  });

  it('has no command that version 1 of the AWS CLI does not know', () => {
    expect(commands.filter(({ text }) => text.includes('aws logs tail'))).to.deep.equal([]);
  });

  it('has each command that is out of reach', () => {
    for (const { begins } of OUT_OF_REACH) {
      expect(
        commands.some(({ text }) => text.startsWith(begins)),
        begins,
      ).to.equal(true);
    }
  });
});
