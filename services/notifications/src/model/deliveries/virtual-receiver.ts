import type { Chances } from '@weir/simulation';
import type { PostResult } from '@weir/webhooks/sending';

const SECOND_MS = 1000;
const HOUR_MS = 3_600_000;

type Behaviour = (at: number) => PostResult;

/** What receivers do, for some time each. */
const behaviours = {
  good: answer(200, 40),
  slow: answer(202, 3 * SECOND_MS),
  failing: answer(500, 30),
  busy: answer(429, 20, { retryAfter: '600' }),
  down: answer(502, 20),
  crowded: (at) => (at % 3 === 0 ? answer(429, 20, { retryAfter: '600' })(at) : answer(200, 900)(at)),
  gone: answer(410, 20),
  aborting: answer(400, 20, { delivery: 'abort-message' }),
  hanging: (at) => ({ kind: 'unanswered', at, durationMs: 15 * SECOND_MS, error: 'no answer within 15 s' }),
  refused: (at) => ({ kind: 'refused', at, durationMs: 1, error: 'x has an address that is not public' }),
} satisfies Record<string, Behaviour>;

const OFTEN = ['good', 'good', 'slow', 'failing', 'failing', 'busy', 'crowded', 'down', 'hanging'] as const;
const SELDOM = ['gone', 'gone', 'aborting', 'refused'] as const;
const LENGTHS_MS = [0.01, 0.2, 1, 8, 30, 130].map((hours) => hours * HOUR_MS);

/** A receiver whose behaviour changes, and is good from `goodFrom` on. */
export class VirtualReceiver {
  readonly #phases: { readonly until: number; readonly does: Behaviour }[] = [];

  constructor(chances: Chances, goodFrom: number) {
    let until = 0;
    while (until < goodFrom) {
      until = Math.min(until + chances.one(LENGTHS_MS), goodFrom);
      const name = chances.is(0.15) ? chances.one(SELDOM) : chances.one(OFTEN);
      this.#phases.push({ until, does: behaviours[name] });
    }
  }

  answerAt(at: number): PostResult {
    const { does } = this.#phases.find(({ until }) => at < until) ?? { does: behaviours.good };
    return does(at);
  }
}

function answer(status: number, durationMs: number, more: object = {}): Behaviour {
  return (at) => ({ kind: 'answered', at, durationMs, status, response: '', ...more });
}
