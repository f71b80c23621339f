import assert from 'node:assert';
import type { Firing } from '@weir/alerts';
import { Chances, VirtualTime } from '@weir/simulation';
import { CAP, COOLDOWN_MS, type MailFaults, MailWorld } from './mail-world.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const END_MS = 2 * DAY_MS;

export const FAULTY: MailFaults = {
  ...{ kill: 0.2, freeze: 0.2, loseAnswer: 0, double: 0.1, unsent: 0.2, unknown: 0.1 },
  freezesMs: [1, 3, 7, 30].map((minutes) => minutes * MINUTE_MS),
};

/** Plays what a seed decides over two days, and checks each mail that was sent. */
export async function playMails(seed: number, faults: MailFaults = FAULTY): Promise<MailWorld> {
  const chances = new Chances(seed);
  const time = new VirtualTime();
  const world = new MailWorld(time, chances, faults);
  // Now and then more than the cap allows.
  const firings = chances.between(1, chances.is(0.3) ? 60 : 8);
  const spread = firings > 8 ? DAY_MS : 40 * MINUTE_MS;
  for (let number = 0; number < firings; number++) {
    time.after(chances.between(1, spread / MINUTE_MS) * MINUTE_MS, () => world.fire());
  }
  await time.play(() => time.now > END_MS);
  checkMails(world);
  return world;
}

function checkMails({ posts, outcomes, troubled, mails, alerts }: MailWorld): void {
  const byFiring = Map.groupBy(posts, ({ firingId }) => firingId);
  for (const [id, sent] of byFiring) {
    assert.ok(sent.length <= 2, `${id} was mailed ${sent.length} times`);
    assert.ok(sent.length === 1 || troubled.has(id), `${id} was mailed twice, and nothing went wrong`);
  }
  const times = [...new Set(posts.map(({ firedAt }) => firedAt))].sort((a, b) => a - b);
  for (const [at, firedAt] of times.entries()) {
    const before = times[at - 1];
    if (before !== undefined) assert.ok(firedAt - before >= COOLDOWN_MS, `two mails in a cool-down: ${firedAt}`);
  }
  for (const [day, count] of mails.days) assert.ok(count <= CAP, `${count} mails on ${day}`);
  const claims = [...mails.days.values()].reduce((sum, count) => sum + count, 0);
  assert.ok(posts.length <= claims, 'a mail was sent without a claim');
  for (const [id, all] of outcomes) {
    if (all.includes('sent')) assert.ok(byFiring.has(id), `${id} is noted as sent, and was not`);
  }
  checkEnds(byFiring, outcomes);
  checkNotes(outcomes, alerts.firings);
}

/** A firing says what came of its mail: as soon as a message ended, and `sent` however late another one comes. */
function checkNotes(outcomes: MailWorld['outcomes'], firings: ReadonlyMap<string, Firing>): void {
  for (const [id, all] of outcomes) {
    const [noted, ...others] = Object.values(firings.get(id)?.mails ?? {});
    const ended = all.filter((one) => one !== 'failed' && one !== 'busy');
    assert.ok(ended.length === 0 || noted !== undefined, `${id} says nothing of its mail`);
    assert.ok(!ended.includes('sent') || noted === 'sent', `${id} was mailed, and says ${noted}`);
    assert.equal(others.length, 0);
  }
}

/** A firing of which no mail went out has a reason. */
function checkEnds(byFiring: ReadonlyMap<string, unknown>, outcomes: MailWorld['outcomes']): void {
  for (const [id, all] of outcomes) {
    const isTold = byFiring.has(id) || all.some((one) => ['quiet', 'capped', 'spent'].includes(one));
    const isWaiting = all.every((one) => one === 'failed' || one === 'busy');
    assert.ok(isTold || isWaiting, `${id} ended as ${all.join()}`);
  }
}
