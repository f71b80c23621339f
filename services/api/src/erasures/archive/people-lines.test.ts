import { hash64, registerOf } from '@weir/aggregates';
import { expect } from 'chai';
import fc from 'fast-check';
import { People } from '../cohort/people.ts';
import { PeopleLines } from './people-lines.ts';

const UNTIL = 2_000;

function lineOf(event: string, arrival = 1_000): string {
  return `{"at":"shardId-000000000000:${'1'.padStart(56, '0')}:0","arrival":${arrival},"outcome":"counted","event":${event}}\n`;
}

/** Alone, and together with users who are not in the archive: few and many ids are searched in different ways. */
function erase(text: string, userId: string): { text: string; erased: number } {
  const others = Array.from({ length: 9 }, (_, i) => ({ member: i + 1, userId: `nobody ${i}`, until: UNTIL }));
  const [alone, among] = [[], others].map((more) => {
    const people = new People([{ member: 0, userId, until: UNTIL }, ...more]);
    const lines = new PeopleLines(people);
    const rewritten = Buffer.concat([...lines.rewrite(Buffer.from(text))]).toString();
    const erased = lines.erased.counts.get(0) ?? 0;
    expect(new PeopleLines(people).areIn(Buffer.from(text))).to.equal(erased > 0);
    expect(lines.erased.counts.size).to.equal(Math.min(erased, 1));
    return { text: rewritten, erased };
  });
  expect(among).to.deep.equal(alone);
  return alone!;
}

function userPart(userId: string): string {
  const words = new Uint32Array(2);
  hash64(userId, words);
  const { register, rank } = registerOf(words[0]!, words[1]!);
  return `"user":{"register":${register},"rank":${rank}}`;
}

describe('taking people out of archive lines', () => {
  it('keeps the counted values, as they were written', () => {
    const event =
      '{"id":"x","userId":"me","action":"a","timestamp":"2026-01-10T11:30:00Z","value":1.50e0,"properties":{"k":1},"more":2}';
    const { text, erased } = erase(lineOf(event), 'me');
    expect(erased).to.equal(1);
    const counted = '{"action":"a","timestamp":"2026-01-10T11:30:00Z","value":1.50e0}';
    expect(text).to.equal(lineOf(counted).replace('}}\n', `},${userPart('me')}}\n`));
  });

  it('adds no value that was missing, or that stood elsewhere', () => {
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

  it('erases any number of users at once as it would one after the other', () => {
    const ids = ['me', 'you', '"', '\\', 'é', 'userId', '日本', 'm', 'event'];
    const eventOf = (userId: string, referrer: string, form: number) => {
      const text = JSON.stringify({ userId, action: 'a', timestamp: 5, properties: { referrer, userId: referrer } });
      if (form === 1) return text.replace('"userId":', '"userId" \t: ');
      return form === 2 ? text.replace('"userId"', '"user\\u0049d"') : text;
    };
    const lines = fc.array(
      fc
        .tuple(
          fc.constantFrom(...ids),
          fc.constantFrom(...ids),
          fc.nat(2),
          fc.constantFrom(UNTIL - 9, UNTIL, UNTIL + 9),
        )
        .map(([userId, referrer, form, arrival]) => lineOf(eventOf(userId, referrer, form), arrival)),
      { maxLength: 12 },
    );
    const untils = fc.constantFrom(UNTIL - 5, UNTIL + 5);
    const gone = fc
      .shuffledSubarray(ids, { minLength: 1 })
      .chain((users) => fc.tuple(...users.map((userId) => fc.record({ userId: fc.constant(userId), until: untils }))));
    fc.assert(
      fc.property(lines, gone, (texts, people) => {
        const all = people.map((person, member) => ({ ...person, member }));
        const together = new PeopleLines(new People(all));
        const rewritten = Buffer.concat([...together.rewrite(Buffer.from(texts.join('')))]).toString();
        let expected = texts.join('');
        for (const person of all) {
          const one = new PeopleLines(new People([person]));
          expected = Buffer.concat([...one.rewrite(Buffer.from(expected))]).toString();
          expect(together.erased.counts.get(person.member)).to.equal(one.erased.counts.get(person.member));
        }
        expect(rewritten).to.equal(expected);
      }),
    );
  });
});
