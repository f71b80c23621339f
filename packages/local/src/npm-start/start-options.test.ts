import { expect } from 'chai';
import { parseStartOptions, START_HELP } from './start-options.ts';

describe('the options of npm start', () => {
  it('are no offset and the sample, unless said otherwise', () => {
    expect(parseStartOptions([], {})).to.deep.equal({
      outcome: 'parsed',
      options: { portOffset: 0, empty: false, log: false, times: false },
    });
    expect(
      parseStartOptions(['--port-offset', '200', '--empty', '--log', '--times'], { WEIR_PORT_OFFSET: '7' }),
    ).to.deep.equal({
      outcome: 'parsed',
      options: { portOffset: 200, empty: true, log: true, times: true },
    });
    expect(parseStartOptions([], { WEIR_PORT_OFFSET: '7' })).to.have.nested.property('options.portOffset', 7);
  });

  it('name the service that a debugger attaches to', () => {
    expect(parseStartOptions(['--inspect', 'api'], {})).to.have.nested.property('options.inspect', 'api');
  });

  it('are shown on demand, each with its line', () => {
    for (const help of ['--help', '-h']) expect(parseStartOptions([help], {})).to.deep.equal({ outcome: 'help' });
    for (const option of ['port-offset N', 'empty', 'log', 'inspect SERVICE', 'times', 'help']) {
      expect(START_HELP).to.match(new RegExp(`^  --${option} +\\w`, 'm'));
    }
  });

  for (const args of [
    ['--port-offset', 'x'],
    ['--port-offset=-1'],
    ['--port-offset', '60001'],
    ['--ports', '1'],
    ['x'],
  ]) {
    it(`are refused with one sentence: ${args.join(' ')}`, () => {
      const parsed = parseStartOptions(args, {});
      expect(parsed).to.have.property('outcome', 'wrong');
      expect(parsed)
        .to.have.property('problem')
        .that.matches(
          /Usage: npm start -- \[--port-offset N\] \[--empty\] \[--log\] \[--inspect SERVICE\] \[--times\] \[--help\]$/,
        );
    });
  }
});

describe('an offset that moves a port where nobody can call it', () => {
  it('is refused before anything starts', () => {
    const problem = 'moves a port to 6566, which fetch and browsers refuse to call';
    expect(parseStartOptions(['--port-offset', '2000'], {}))
      .to.have.property('problem')
      .that.includes(problem);
  });
});
