import { expect } from 'chai';
import { ConfigError, flag, integer, list, oneOf, readConfig, text, url } from './index.ts';

const fields = {
  table: text('TABLE'),
  limit: integer('LIMIT', { min: 1, max: 10, fallback: 5 }),
  level: oneOf('LEVEL', ['low', 'high'], { fallback: 'low' }),
};

describe('readConfig', () => {
  it('reads every field by its type', () => {
    expect(readConfig(fields, { TABLE: 't', LIMIT: '10', LEVEL: 'high' })).to.deep.equal({
      table: 't',
      limit: 10,
      level: 'high',
    });
  });

  it('takes the fallback of a variable that is missing or empty', () => {
    expect(readConfig(fields, { TABLE: 't', LIMIT: '' })).to.deep.equal({ table: 't', limit: 5, level: 'low' });
  });

  it('reports all problems at once, by the names of the variables', () => {
    expect(() => readConfig(fields, { LIMIT: '11', LEVEL: 'mid' }))
      .to.throw(ConfigError)
      .with.property('problems')
      .that.deep.equals([
        'TABLE is missing',
        'LIMIT must be an integer from 1 to 10, not "11"',
        'LEVEL must be one of low, high, not "mid"',
      ]);
  });

  it('is frozen', () => {
    expect(readConfig(fields, { TABLE: 't' })).to.be.frozen;
  });

  it('reads the environment of the process, unless another one is given', () => {
    expect(readConfig({ path: text('PATH') }).path).to.equal(process.env.PATH);
  });
});

describe('flag', () => {
  for (const [raw, value] of [
    ['true', true],
    ['false', false],
    ['', true],
  ] as const) {
    it(`takes ${JSON.stringify(raw)} as ${value} if that is the fallback`, () => {
      expect(flag('F', { fallback: true })({ F: raw })).to.deep.equal({ ok: true, value });
    });
  }

  for (const raw of ['TRUE', '1', 'no', ' true']) {
    it(`refuses ${JSON.stringify(raw)}`, () => {
      expect(flag('F')({ F: raw })).to.deep.equal({
        ok: false,
        problem: `F must be true or false, not ${JSON.stringify(raw)}`,
      });
    });
  }
});

describe('integer', () => {
  const field = integer('N', { min: -3, max: 3 });
  for (const [raw, value] of [
    ['-3', -3],
    ['0', 0],
    ['3', 3],
    ['03', 3],
  ] as const) {
    it(`accepts ${JSON.stringify(raw)}`, () => {
      expect(field({ N: raw })).to.deep.equal({ ok: true, value });
    });
  }

  for (const raw of ['-4', '4', '1.5', '1e0', '0x1', ' 1', '1 ', 'one', '-', 'Infinity', 'NaN', '9007199254740993']) {
    it(`refuses ${JSON.stringify(raw)}`, () => {
      expect(field({ N: raw })).to.include({ ok: false });
    });
  }

  it('refuses what a number cannot hold exactly, also without a limit', () => {
    expect(integer('N')({ N: '9007199254740993' })).to.include({ ok: false });
  });
});

describe('list', () => {
  const field = list('L');
  for (const [raw, value] of [
    ['', []],
    ['a', ['a']],
    ['a, b', ['a', 'b']],
  ] as const) {
    it(`reads ${JSON.stringify(raw)}`, () => {
      expect(field({ L: raw })).to.deep.equal({ ok: true, value });
    });
  }

  it('is empty if it is missing', () => {
    expect(field({})).to.deep.equal({ ok: true, value: [] });
  });
});

describe('url', () => {
  for (const [raw, value] of [
    ['https://example.com/help', 'https://example.com/help'],
    ['mailto:weir@example.com', 'mailto:weir@example.com'],
    ['', undefined],
    [undefined, undefined],
  ] as const) {
    it(`takes ${JSON.stringify(raw)} as ${value}`, () => {
      expect(url('U')({ U: raw })).to.deep.equal({ ok: true, value });
    });
  }

  it('refuses text that is not a URL', () => {
    const problem = 'U must be a URL, not "weir@example.com"';
    expect(url('U')({ U: 'weir@example.com' })).to.deep.equal({ ok: false, problem });
  });
});
