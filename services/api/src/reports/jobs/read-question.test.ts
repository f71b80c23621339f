import type { Question } from '@weir/dynamodb/jobs';
import { expect } from 'chai';
import { toApiRequest } from '../../http/requests/request.ts';
import { apiEvent } from '../../testing/api-event.ts';
import { NOW } from '../../testing/users-api.ts';
import { readQuestion } from './read-question.ts';

const RANGE = { from: '2025-11-01T00:00:00Z', to: '2025-11-08T00:00:00Z' };
const SUMMARY = { kind: 'summary', ...RANGE };
const RETENTION = { kind: 'retention', ...RANGE };
const FUNNEL = { kind: 'funnel', ...RANGE, steps: ['a', 'b'] };
const days = (number: number) => new Date(Date.parse(RANGE.to) - number * 86_400_000).toISOString();

async function readAt(body: object, now: number) {
  const event = apiEvent({ method: 'POST', path: '/v1/reports', body: JSON.stringify(body) });
  return readQuestion(toApiRequest(event), now);
}

const read = (body: object) => readAt(body, NOW);

async function asked(body: object): Promise<Question> {
  const answer = await read(body);
  if (answer.kind === 'problem') throw new Error(JSON.stringify(answer));
  return answer.question;
}

/** The faults of a refused body by their pointers. */
async function faultsOf(body: object): Promise<Record<string, string>> {
  const answer = await read(body);
  if (answer.kind !== 'problem') throw new Error(`taken: ${JSON.stringify(answer)}`);
  expect(answer.name).to.equal('invalid-body');
  return Object.fromEntries((answer.errors ?? []).map(({ pointer, detail }) => [pointer, detail]));
}

const iso = ({ from, to }: Question) => [new Date(from).toISOString(), new Date(to).toISOString()];

describe('a question', () => {
  it('takes times as the metrics do', async () => {
    const { from } = await asked({ ...SUMMARY, from: Date.parse(RANGE.from) });
    expect(from).to.equal(Date.parse(RANGE.from));
    expect((await asked({ ...SUMMARY, from: String(from) })).from).to.equal(from);
    expect((await asked({ ...FUNNEL, from: '2025-11-01T01:00:00+01:00' })).from).to.equal(from);
  });

  it('of a summary is about whole local days', async () => {
    const zoned = { ...SUMMARY, from: '2025-11-01T10:00:00Z', to: '2025-11-02T10:00:00Z', timeZone: 'europe/vienna' };
    const question = await asked(zoned);
    expect(iso(question)).to.deep.equal(['2025-10-31T23:00:00.000Z', '2025-11-02T23:00:00.000Z']);
    expect(question).to.include({ timeZone: 'Europe/Vienna' }).and.to.not.have.any.keys('steps', 'windowSeconds');
  });

  it('of a retention or a funnel is about exactly its range', async () => {
    const odd = { from: '2025-11-01T10:00:00.001Z', to: '2025-11-02T10:00:00.002Z' };
    for (const body of [RETENTION, FUNNEL]) {
      expect(iso(await asked({ ...body, ...odd }))).to.deep.equal(Object.values(odd));
    }
  });

  it('of a funnel has a window of a day, if it names none', async () => {
    expect((await asked(FUNNEL)).windowSeconds).to.equal(86_400);
    for (const windowSeconds of [1, 2_592_000]) {
      expect((await asked({ ...FUNNEL, windowSeconds })).windowSeconds).to.equal(windowSeconds);
    }
  });

  it('may end in the future, as it counts what there is when its work begins', async () => {
    const future = new Date(NOW + 5 * 86_400_000).toISOString();
    for (const body of [SUMMARY, RETENTION, FUNNEL]) await asked({ ...body, to: future });
  });

  const taken: [what: string, body: object][] = [
    ['a summary of 3,700 days', { ...SUMMARY, from: days(3_700) }],
    ['a funnel of 400 days', { ...FUNNEL, from: days(400) }],
    ['a retention of 200 weeks', { ...RETENTION, from: '2022-01-03T00:00:00Z', to: '2025-11-03T00:00:00Z' }],
    ['ten steps, with repeats', { ...FUNNEL, steps: Array(10).fill('a') }],
    ['a hundred actions', { ...SUMMARY, actions: Array.from({ length: 100 }, (_, at) => `${'a'.repeat(120)}${at}`) }],
    ['days of another zone whose hours are there', { ...SUMMARY, timeZone: 'Asia/Kathmandu' }],
    ['old days of a zone with days of UTC', { ...SUMMARY, from: days(1_000), timeZone: 'Atlantic/Reykjavik' }],
  ];
  for (const [what, body] of taken) {
    it(`may be ${what}`, async () => {
      await asked(body);
    });
  }

  const refused: [what: string, body: object, pointer: string, detail: RegExp][] = [
    ['an empty range', { ...SUMMARY, to: RANGE.from }, '/from', /before to/],
    [
      'a range in the future',
      { ...SUMMARY, from: '2026-01-01T00:00:00Z', to: '2026-01-02T00:00:00Z' },
      '/from',
      /future/,
    ],
    ['a time in words', { ...SUMMARY, from: 'yesterday' }, '/from', /RFC 3339/],
    ['a time in seconds', { ...SUMMARY, from: 1_761_955_200 }, '/from', /1761955200000/],
    ['a time that is no text', { ...SUMMARY, to: null }, '/to', /string or an integer/],
    ['no kind', RANGE, '/kind', /missing/],
    ['an internal kind', { ...SUMMARY, kind: 'users' }, '/kind', /summary, retention, funnel/],
    ['no such zone', { ...SUMMARY, timeZone: 'Europe/Nowhere' }, '/timeZone', /time zone/],
    ['3,701 days', { ...SUMMARY, from: days(3_701) }, '/from', /3700 days/],
    ['all days there are', { ...SUMMARY, from: 0, to: '9999-12-31T00:00:00Z' }, '/from', /3700 days/],
    ['old days of another zone', { ...SUMMARY, from: days(1_000), timeZone: 'Europe/Vienna' }, '/from', /zone UTC/],
    [
      '201 weeks',
      { ...RETENTION, from: '2022-01-03T00:00:00Z', to: '2025-11-03T00:00:00.001Z' },
      '/from',
      /200, as each week/,
    ],
    ['401 days of a funnel', { ...FUNNEL, from: days(401) }, '/from', /400 days/],
    ['no steps', { ...FUNNEL, steps: undefined }, '/steps', /needs its steps/],
    ['one step', { ...FUNNEL, steps: ['a'] }, '/steps', /2 to 10/],
    ['eleven steps', { ...FUNNEL, steps: Array(11).fill('a') }, '/steps', /2 to 10/],
    ['a funnel’s actions', { ...FUNNEL, actions: ['a'] }, '/actions', /remove actions/],
    ['a summary’s steps', { ...SUMMARY, steps: ['a', 'b'] }, '/steps', /remove it/],
    ['a retention’s window', { ...RETENTION, windowSeconds: 5 }, '/windowSeconds', /remove it/],
    ['no window', { ...FUNNEL, windowSeconds: 0 }, '/windowSeconds', /1 to 2592000/],
    ['a long window', { ...FUNNEL, windowSeconds: 2_592_001 }, '/windowSeconds', /1 to 2592000/],
    ['no actions at all', { ...SUMMARY, actions: [] }, '/actions', /1 to 100/],
    ['an action twice', { ...SUMMARY, actions: ['a', 'a'] }, '/actions', /twice/],
    ['a bad name', { ...SUMMARY, actions: ['a b'] }, '/actions/0', /1 to 128/],
    ['an unknown field', { ...SUMMARY, zone: 'UTC' }, '/zone', /known field/],
  ];
  for (const [what, body, pointer, detail] of refused) {
    it(`must not have ${what}`, async () => {
      expect((await faultsOf(body))[pointer]).to.match(detail);
    });
  }

  it('of a summary is refused if a day needs hours that may be gone when its work begins', async () => {
    // The day of London on which clocks change begins at midnight of UTC, and ends at 23:00.
    const london = { ...SUMMARY, from: '2025-03-30T00:00:00Z', to: '2025-03-31T00:00:00Z', timeZone: 'Europe/London' };
    const read399DaysLater = (ms: number) => readAt(london, Date.parse('2025-03-30T01:00:00Z') + 399 * 86_400_000 + ms);
    expect(await read399DaysLater(-1)).to.have.property('kind', 'question');
    expect(await read399DaysLater(0))
      .to.have.nested.property('errors[0].detail')
      .that.matches(/need single hours/);
  });

  it('names all of its faults', async () => {
    const body = { kind: 'retention', from: 'x', to: 'y', timeZone: 'z', steps: ['a', 'b'], windowSeconds: 1 };
    expect(await faultsOf(body)).to.have.all.keys('/from', '/to', '/timeZone', '/steps', '/windowSeconds');
  });
});
