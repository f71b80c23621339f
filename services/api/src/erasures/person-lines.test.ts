import { hash64, registerOf } from '@weir/aggregates';
import { expect } from 'chai';
import { PersonLines } from './person-lines.ts';

const UNTIL = 2_000;

function lineOf(event: string, arrival = 1_000): string {
  return `{"at":"shardId-000000000000:${'1'.padStart(56, '0')}:0","arrival":${arrival},"outcome":"counted","event":${event}}\n`;
}

function erase(text: string, userId: string): { text: string; erased: number } {
  const lines = new PersonLines({ userId, until: UNTIL });
  const rewritten = Buffer.concat([...lines.rewrite(Buffer.from(text))]).toString();
  expect(new PersonLines({ userId, until: UNTIL }).areIn(Buffer.from(text))).to.equal(lines.erased > 0);
  return { text: rewritten, erased: lines.erased };
}

function userPart(userId: string): string {
  const words = new Uint32Array(2);
  hash64(userId, words);
  const { register, rank } = registerOf(words[0]!, words[1]!);
  return `"user":{"register":${register},"rank":${rank}}`;
}

describe('taking a person out of archive lines', () => {
  it('leaves what was counted, as it was written', () => {
    const event =
      '{"id":"x","userId":"me","action":"a","timestamp":"2026-01-10T11:30:00Z","value":1.50e0,"properties":{"k":1},"more":2}';
    const { text, erased } = erase(lineOf(event), 'me');
    expect(erased).to.equal(1);
    const counted = '{"action":"a","timestamp":"2026-01-10T11:30:00Z","value":1.50e0}';
    expect(text).to.equal(lineOf(counted).replace('}}\n', `},${userPart('me')}}\n`));
  });

  it('says nothing of a value that was not there, nor of one elsewhere', () => {
    const event = '{"properties":{"value":7,"action":"z"},"userId":"me","action":"a","timestamp":5}';
    expect(JSON.parse(erase(lineOf(event), 'me').text).event).to.deep.equal({ action: 'a', timestamp: 5 });
  });

  it('leaves other lines byte for byte, and erased ones', () => {
    const others = [
      lineOf('{"userId":"you","action":"a","timestamp":5,"properties":{"userId":"me"}}'),
      lineOf('{"userId":"mE","action":"me" , "timestamp":5}'),
      lineOf('{"userId":"me ","action":"a","timestamp":5}'),
      lineOf('{"userId":"me","action":"late","timestamp":5}', UNTIL),
      lineOf('{"userId":"ü\\n","action":"me","timestamp":5}'),
    ];
    const mine = lineOf('{"userId":"me","action":"a","timestamp":5}');
    const { text, erased } = erase([others[0], mine, ...others.slice(1)].join(''), 'me');
    expect(erased).to.equal(1);
    const left = text.split('\n');
    expect([left[0], ...left.slice(2)].join('\n')).to.equal(others.join(''));
    expect(erase(text, 'me')).to.deep.equal({ text, erased: 0 });
  });

  const written: [userId: string, text: string][] = [
    ['me', '"\\u006de"'],
    ['"', '"\\""'],
    ['\\', '"\\\\"'],
    ['é', '"\\u00E9"'],
    ['日本', '"日本"'],
    ['a/b', '"a\\/b"'],
    ['😀', '"\\ud83d\\ude00"'],
  ];
  for (const [userId, text] of written) {
    it(`knows ${JSON.stringify(userId)} by ${text}`, () => {
      const found = erase(lineOf(`{"userId":${text},"action":"a","timestamp":5}`), userId);
      expect(found.erased).to.equal(1);
      expect(found.text).to.include(userPart(userId)).and.not.include('userId');
    });
  }
});
