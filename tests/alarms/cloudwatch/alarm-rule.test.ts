import { expect } from 'chai';
import { readRule } from './alarm-rule.ts';

const STATES = new Map([
  ['up', 'ALARM'],
  ['down', 'OK'],
] as const);

describe('the rule of a composite alarm', () => {
  for (const [text, isUp] of [
    ['ALARM("up")', true],
    ['ALARM(down)', false],
    ['OK( "down" )', true],
    ['ALARM("down") OR ALARM("up")', true],
    ['ALARM("down") OR FALSE', false],
    ['ALARM("up") AND ALARM("down")', false],
    ['ALARM("up") AND OK("down") AND TRUE', true],
    ['NOT ALARM("up")', false],
    ['NOT (ALARM("up") AND ALARM("down")) AND TRUE', true],
    ['ALARM("down") OR (NOT OK("down") OR NOT NOT ALARM("up"))', true],
  ] as const) {
    it(`is ${isUp ? 'up' : 'down'} for ${text}`, () => expect(readRule(text)(STATES)).to.equal(isUp));
  }

  it('is refused if it names an alarm that the stage does not have', () => {
    expect(() => readRule('ALARM("down") OR ALARM("gone")')(STATES)).to.throw(/^the rule names gone/);
  });

  for (const text of ['', 'ALARM("up") ALARM("up")', 'ALARM()', 'OR', '(TRUE', 'TRUE)', 'alarm("up")', 'NOT']) {
    it(`is refused if it is ${JSON.stringify(text)}`, () => expect(() => readRule(text)).to.throw(/is no rule/));
  }

  it('is refused if AND and OR stand side by side', () => {
    expect(() => readRule('TRUE OR TRUE AND FALSE')).to.throw(/needs parentheses/);
    expect(readRule('TRUE OR (TRUE AND FALSE)')(STATES)).to.equal(true);
  });
});
