import { expect } from 'chai';
import { OPS_HELP, parseCommand } from './parse-command.ts';

const parse = (line: string) => parseCommand(line.split(' ').filter(Boolean));

describe('the command line of npm run ops', () => {
  it('names a report by its date, and a stage; without one, that of this machine', () => {
    const command = { name: 'report', date: '2026-01-31', stage: 'local' };
    expect(parse('report --date 2026-01-31')).to.deep.equal({ outcome: 'parsed', command });
    expect(parse('report --date=2026-01-31 --stage production')).to.deep.equal({
      outcome: 'parsed',
      command: { ...command, stage: 'production' },
    });
  });

  it('names a redrive of the reports, of all jobs or of one', () => {
    const command = { name: 'redrive', stage: 'local' };
    expect(parse('redrive reports')).to.deep.equal({ outcome: 'parsed', command });
    expect(parse('redrive reports --job funnel-01ab --stage dev')).to.deep.equal({
      outcome: 'parsed',
      command: { ...command, job: 'funnel-01ab', stage: 'dev' },
    });
  });

  it('names a redrive of the notifications', () => {
    const command = { name: 'redrive-notifications', stage: 'dev' };
    expect(parse('redrive notifications --stage dev')).to.deep.equal({ outcome: 'parsed', command });
  });

  it('names an audit by its first and its last day', () => {
    const command = { name: 'audit', from: '2026-01-30', to: '2026-01-31', stage: 'local' };
    expect(parse('audit --from 2026-01-30 --to 2026-01-31')).to.deep.equal({ outcome: 'parsed', command });
  });

  it('shows the commands where none is given, or help is asked for', () => {
    for (const line of ['', '--help', 'report -h']) expect(parse(line)).to.deep.equal({ outcome: 'help' });
    expect(OPS_HELP).to.include('--date YYYY-MM-DD');
  });

  for (const [line, problem] of [
    ['report', /^The date is missing\. Usage: npm run ops/],
    ['report --date yesterday', /^"yesterday" is no date: write it as 2026-01-31\. Usage/],
    ['report --date 2026-02-30', /^"2026-02-30" is no date/],
    ['report --date 2026-1-1', /^"2026-1-1" is no date/],
    ['reports --date 2026-01-01', /^There is no command "reports"/],
    ['report now --date 2026-01-01', /^There is no command "report now"/],
    ['--date 2026-01-01', /^There is no command ""/],
    ['report --day 2026-01-01', /^There is no option --day: there are --date, --stage, --help\. Usage/],
    ['report -d 2026-01-01', /^There is no option -d: there are --date/],
    ['audit --form x', /^There is no option --form: there are --from, --to, --stage, --help\. Usage/],
    ['audit --form=x', /^There is no option --form: /],
    ['report --date', /^The value of --date is missing\. Usage/],
    ['report --date --stage dev', /^The value of --date is missing\. Usage/],
    ['report --help=1', /^--?h\S* takes no value\. Usage/],
    ['audit', /^The first day is missing/],
    ['audit --from 2026-01-01', /^The last day is missing/],
    ['audit --from 2026-01-01 --to 2026-01-41', /^"2026-01-41" is no date/],
    ['audit --from 2026-01-02 --to 2026-01-01', /^2026-01-02 is later than 2026-01-01/],
    ['redrive', /^There is no command "redrive"\. Usage: npm run ops -- redrive reports\|notifications/],
    ['redrive alerts', /^There is no command "redrive alerts"/],
    ['redrive reports --date 2026-01-01', /^There is no option --date: there are --job, --stage, --help/],
    ['redrive notifications --job funnel-1', /^Only reports have jobs/],
    ['redrive reports --job 17', /^"17" is no id of a job/],
  ] as const) {
    it(`refuses \`${line}\` with one sentence and the usage`, () => {
      const parsed = parse(line);
      expect(parsed).to.have.property('outcome', 'wrong');
      expect(parsed).to.have.property('problem').that.matches(problem).and.includes('Usage: ');
    });
  }
});
