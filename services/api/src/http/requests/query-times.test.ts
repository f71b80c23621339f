import { expect } from 'chai';
import { parseTimes } from './query-times.ts';

describe('parseTimes', () => {
  it('reads the given times, and names all values that are not times', () => {
    expect(parseTimes({ from: '0' })).to.deep.equal({ from: 0, to: undefined, faults: [] });
    const { faults } = parseTimes({ from: 'now', to: 'then' });
    const detail = 'must be an RFC 3339 time or epoch milliseconds, from 1970 to 9999';
    expect(faults).to.deep.equal([
      { parameter: 'from', detail },
      { parameter: 'to', detail },
    ]);
  });

  it('suggests milliseconds instead of seconds', () => {
    const [fault] = parseTimes({ to: '1764000000' }).faults;
    expect(fault).to.deep.include({ detail: 'seems to be in seconds: send milliseconds, 1764000000000' });
  });
});
