import { expect } from 'chai';
import { rehearsePage } from './rehearse-page.ts';

/** Runs commands in a shell in which those that begin with `fail` fail, and `A` has a value. */
async function rehearse(...texts: readonly string[]) {
  const ran: string[] = [];
  const shell = {
    run: async (text: string) => {
      ran.push(text);
      const value = text.includes('$A') ? 'a' : 'None';
      return { code: text.startsWith('fail') ? 1 : 0, output: text.startsWith('printf') ? value : 'said' };
    },
  };
  const faults = await rehearsePage({
    ...{ commands: texts.map((text) => ({ text, section: 'First' })), placeholders: { '<here>': '/tmp' }, shell },
    outOfReach: [
      { begins: 'fail known', why: 'no reason' },
      { begins: 'skip', why: 'no reason', isLeftOut: true },
      { begins: 'works', why: 'no reason' },
    ],
    tell: () => undefined,
  });
  return { faults, ran };
}

describe('a rehearsed page', () => {
  it('has no fault when its commands work, but for those that are known not to', async () => {
    const { faults, ran } = await rehearse('cd <here>', 'fail known', 'skip it', 'export A=$(b)');
    expect(faults).to.deep.equal([]);
    expect(ran).to.deep.equal(['cd /tmp', 'fail known', 'export A=$(b)', 'printf %s "$A"']);
  });

  for (const [what, text, fault] of [
    ['a command fails', 'fail it', 'fail it: ended with 1\nsaid'],
    ['one works that was out of reach', 'works now', 'works now: works, take it out of out-of-reach.ts'],
    ['a placeholder is not known', 'cd <there>', 'cd <there>: nothing stands for <there>'],
    ['a variable stays empty', 'export B=$(c)', 'export B=$(c): B has no value'],
  ] as const) {
    it(`ends when ${what}`, async () => {
      expect((await rehearse(text, 'next')).faults).to.deep.equal([fault]);
    });
  }
});
