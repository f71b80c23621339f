import { expect } from 'chai';
import fc from 'fast-check';
import { IdWindow } from './id-window.ts';

const WINDOW_SECONDS = 600;
const SLACK_SECONDS = 300;
const START = 1_768_480_000;

type Step =
  | { readonly kind: 'add' | 'remove'; readonly id: number; readonly late: number }
  | { readonly kind: 'wait'; readonly seconds: number }
  | { readonly kind: 'burst'; readonly from: number; readonly count: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ kind: fc.constant('add' as const), id: fc.nat(400), late: fc.nat(900) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('remove' as const), id: fc.nat(400), late: fc.constant(0) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('wait' as const), seconds: fc.nat(700) }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('burst' as const), from: fc.nat(20_000), count: fc.nat(900) }),
  },
);

/** Ids that share few slots, some at the end of the table, so that runs are long and continue at its beginning. */
function hashOf(id: number): readonly [number, number] {
  return id % 3 === 0 ? [0xffff_fff0 + (id % 16), id] : [(id % 5) * 0x1000_0000 + (id % 7), id];
}

class Model {
  readonly arrivals = new Map<number, number>();
  newest = START;

  add(id: number, arrival: number): void {
    this.newest = Math.max(this.newest, arrival);
    this.arrivals.set(id, Math.max(this.arrivals.get(id) ?? 0, arrival));
  }
}

function run(window: IdWindow, model: Model, steps: readonly Step[]): void {
  let now = START;
  const add = (id: number, arrival: number) => {
    // The table has dropped this id as too old, so a later copy counts again.
    if (window.find(...hashOf(id)) < 0) model.arrivals.delete(id);
    model.add(id, arrival);
    window.add(...hashOf(id), arrival);
  };
  for (const each of steps) {
    if (each.kind === 'wait') now += each.seconds;
    else if (each.kind === 'add') add(each.id, now - each.late);
    else if (each.kind === 'burst') for (let i = 0; i < each.count; i++) add(each.from + i, now);
    else {
      window.remove(...hashOf(each.id));
      model.arrivals.delete(each.id);
    }
  }
}

describe('IdWindow', () => {
  it('agrees with a map on every id within the window and its slack, after any adds, removals and rebuilds', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const window = new IdWindow(WINDOW_SECONDS);
        const model = new Model();
        run(window, model, steps);
        for (const [id, arrival] of model.arrivals) {
          const found = window.find(...hashOf(id));
          if (arrival > model.newest - WINDOW_SECONDS - SLACK_SECONDS) expect(found, `id ${id}`).to.equal(arrival);
          else expect(found, `old id ${id}`).to.be.oneOf([arrival, -1]);
        }
        for (let id = 30_000; id < 30_050; id++) expect(window.find(...hashOf(id))).to.equal(-1);
      }),
      { numRuns: 60 },
    );
  });

  it('keeps the greater arrival of an id', () => {
    const window = new IdWindow(WINDOW_SECONDS);
    for (const arrival of [START, START + 5, START + 2]) window.add(1, 2, arrival);
    expect(window.find(1, 2)).to.equal(START + 5);
    expect(window.size).to.equal(1);
  });

  it('knows ids that differ in one word only as different, with zeros among them', () => {
    const window = new IdWindow(WINDOW_SECONDS);
    window.add(0, 0, START);
    window.add(0, 1, START + 1);
    window.add(1, 0, START + 2);
    expect([window.find(0, 0), window.find(0, 1), window.find(1, 0), window.find(1, 1)]).to.deep.equal([
      START,
      START + 1,
      START + 2,
      -1,
    ]);
  });

  it('shrinks when a busy hour has passed', () => {
    const window = new IdWindow(WINDOW_SECONDS);
    fill(window, { from: 0, count: 200_000 }, START);
    const busy = window.bytes;
    fill(window, { from: 1_000_000, count: 60_000 }, START + WINDOW_SECONDS + SLACK_SECONDS + 1);
    expect(window.size).to.equal(60_000 + (window.bytes === busy ? 200_000 : 0));
    fill(window, { from: 2_000_000, count: 60_000 }, START + WINDOW_SECONDS + SLACK_SECONDS + 2);
    expect(window.bytes).to.be.below(busy);
    expect(window.size).to.equal(120_000);
  });

  it('takes at most 24 bytes an id', () => {
    const window = new IdWindow(WINDOW_SECONDS);
    fill(window, { from: 0, count: 300_000 }, START);
    expect(window.bytes / window.size).to.be.at.most(24.1);
  });
});

function fill(window: IdWindow, { from, count }: { from: number; count: number }, arrival: number): void {
  for (let i = from; i < from + count; i++) {
    window.add(Math.imul(i, 0x9e3779b1) >>> 0, Math.imul(i, 0x85ebca6b) >>> 0, arrival);
  }
}
