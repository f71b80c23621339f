import { expect } from 'chai';
import { runCommand } from './run-command.ts';

const HELP = 'Usage: npm run carry -- WHAT WHERE… --by NAME [--far]\n\nCarries something.';

/** A terminal, and what is written to it. */
function createTerminal() {
  const written: string[] = [];
  const stream = (name: string) => ({ write: (text: string) => written.push(`${name}: ${text}`) });
  return { stdout: stream('out'), stderr: stream('err'), exitCode: 0, written };
}

/** What a command prints, its exit code, and what it was given. */
async function carry(line: string, run: () => number = () => 0) {
  const terminal = createTerminal();
  let given: unknown;
  await runCommand(
    {
      help: HELP,
      words: ['WHAT', 'WHERE…'],
      required: ['by'],
      takesRest: true,
      options: { by: { type: 'string' }, to: { type: 'string', default: 'here' }, far: { type: 'boolean' } },
      run: (all) => {
        given = all;
        return run();
      },
    },
    line.split(' ').filter(Boolean),
    terminal,
  );
  return { text: terminal.written.join(''), given, code: terminal.exitCode };
}

describe('a command', () => {
  it('is given its options, its words, and what follows two dashes', async () => {
    expect((await carry('box --by=ann home work --far -- --quick now')).given).to.deep.equal({
      values: { by: 'ann', to: 'here', far: true },
      words: ['box', 'home', 'work'],
      rest: ['--quick', 'now'],
    });
    expect((await carry('box home --by ann --to there')).given).to.deep.equal({
      ...{ values: { by: 'ann', to: 'there', far: false }, words: ['box', 'home'], rest: [] },
    });
  });

  it('ends with its exit code, or with 1 and the sentence of its error', async () => {
    expect(await carry('box home --by ann', () => 3)).to.include({ code: 3, text: '' });
    const fail = () => {
      throw new Error('the box is open');
    };
    expect(await carry('box home --by ann', fail)).to.include({ code: 1, text: 'err: the box is open\n' });
  });

  it('prints its help', async () => {
    for (const line of ['--help', 'box -h']) expect(await carry(line)).to.include({ text: `out: ${HELP}\n`, code: 0 });
  });

  for (const [line, problem] of [
    ['', '--by is missing'],
    ['box home --by=', '--by is missing'],
    ['--by ann', 'WHAT is missing'],
    ['box --by ann', 'WHERE… is missing'],
    ['box home --by', 'The value of --by is missing'],
    ['box home --by ann --far=yes', '--far takes no value'],
    ['box home --near', 'There is no option --near: there are --by, --to, --far, --help'],
  ] as const) {
    it(`refuses \`${line}\` with one sentence and the usage`, async () => {
      const { given, code, text } = await carry(line);
      expect([given, code]).to.deep.equal([undefined, 1]);
      expect(text).to.equal(`err: ${problem}. ${HELP.split('\n')[0]}\n`);
    });
  }

  it('refuses words and dashes that it does not take', async () => {
    const terminal = createTerminal();
    for (const words of [['now'], ['--', '--long']]) {
      await runCommand({ help: 'Usage: rest', run: () => 0 }, words, terminal);
    }
    expect(terminal.written).to.deep.equal([
      'err: "now" is one word too many. Usage: rest\n',
      'err: "--long" is one word too many. Usage: rest\n',
    ]);
  });
});
