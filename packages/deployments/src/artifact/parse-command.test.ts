import { expect } from 'chai';
import { parseCommand } from './parse-command.ts';

describe('the command line of deploy-artifact', () => {
  it('names an artifact and a stage, and hands further options on', () => {
    const args = ['--artifact', 'out/api', '--stage', 'production', '--', '--verbose'];
    expect(parseCommand(args, 'eu-central-1')).to.deep.equal({
      ...{ artifact: 'out/api', stage: 'production', region: 'eu-central-1', options: ['--verbose'] },
    });
    expect(parseCommand([...args.slice(0, 4), '--region', 'eu-west-1'])).to.include({ region: 'eu-west-1' });
  });

  it('says what is wrong', () => {
    expect(parseCommand(['--stage', 'production']))
      .to.have.property('message')
      .that.matches(/^--artifact DIR or/);
    expect(parseCommand(['--where', 'x']))
      .to.have.property('message')
      .that.matches(/'--where'.*--help shows how$/);
    expect(parseCommand([])).to.equal('help');
  });
});
