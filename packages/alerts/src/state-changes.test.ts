import { expect } from 'chai';
import type { AlertState } from './alert.ts';
import { currentEpisode, stateAfterFiring, stateAfterRecovery } from './state-changes.ts';

const NOW = 1_000_000;
const RULE = { repeat: 'recovered', cooldownSeconds: 600, since: 0 } as const;
const NEW: AlertState = { version: 0 };

describe('the state of an alert', () => {
  it('says which buckets fired, and which was told', () => {
    const first = stateAfterFiring({ ...RULE, state: NEW }, 60, NOW);
    const told = { version: 1, episode: { bucket: 60, latest: 60, told: 60 }, lastNotifiedAt: NOW };
    expect(first).to.deep.equal({ notified: true, state: told });
    const second = stateAfterFiring({ ...RULE, state: first.state }, 120, NOW + 1);
    expect(second).to.deep.equal({
      ...{ notified: false },
      state: { version: 2, episode: { bucket: 60, latest: 120, told: 60 }, lastNotifiedAt: NOW },
    });
    const late = stateAfterFiring({ ...RULE, state: second.state }, 0, NOW + 2);
    expect(late.state.episode).to.deep.equal({ bucket: 60, latest: 120, told: 60 });
    expect(stateAfterRecovery({ ...RULE, state: late.state }, 180, NOW + 3)).to.deep.equal({
      state: { version: 4, lastNotifiedAt: NOW },
    });
  });

  it('is told again after the cool-down, whether it recovered or not', () => {
    const cooling = { ...RULE, repeat: 'cooldown' } as const;
    const { state } = stateAfterFiring({ ...cooling, state: NEW }, 60, NOW);
    for (const before of [state, stateAfterRecovery({ ...cooling, state }, 120, NOW + 1).state]) {
      expect(stateAfterFiring({ ...cooling, state: before }, 120, NOW + 599_999).notified).to.equal(false);
      expect(stateAfterFiring({ ...cooling, state: before }, 120, NOW + 600_000).notified).to.equal(true);
    }
  });

  it('begins anew if it judges from a later bucket on', () => {
    const state = { version: 2, episode: { bucket: 0, latest: 120, told: 0 }, lastNotifiedAt: NOW };
    expect(currentEpisode({ since: 120, state })).to.equal(state.episode);
    expect(currentEpisode({ since: 121, state })).to.equal(undefined);
    expect(stateAfterFiring({ ...RULE, since: 180, state }, 240, NOW + 1)).to.deep.equal({
      ...{ notified: true },
      state: { version: 3, episode: { bucket: 240, latest: 240, told: 240 }, lastNotifiedAt: NOW + 1 },
    });
    const cooling = { ...RULE, repeat: 'cooldown', since: 180, state } as const;
    expect(stateAfterFiring(cooling, 240, NOW + 1)).to.deep.equal({
      ...{ notified: false },
      state: { version: 3, episode: { bucket: 240, latest: 240 }, lastNotifiedAt: NOW },
    });
  });

  it('fires on with a later bucket that has fired, which is told then', () => {
    const state = { version: 2, episode: { bucket: 0, latest: 120, told: 0 }, lastNotifiedAt: NOW };
    const episode = { bucket: 120, latest: 120 };
    expect(stateAfterRecovery({ ...RULE, state }, 60, NOW + 5)).to.deep.equal({
      ...{ told: 120 },
      state: { version: 3, episode: { ...episode, told: 120 }, lastNotifiedAt: NOW + 5 },
    });
    const quiet = { state: { version: 3, episode, lastNotifiedAt: NOW } };
    expect(stateAfterRecovery({ ...RULE, mutedUntil: NOW + 6, state }, 60, NOW + 5)).to.deep.equal(quiet);
    expect(stateAfterRecovery({ ...RULE, repeat: 'cooldown', state }, 60, NOW + 5)).to.deep.equal(quiet);
  });

  it('is not told while muted, and once that is over if it still fires', () => {
    for (const repeat of ['recovered', 'cooldown'] as const) {
      const muted = { ...RULE, repeat, mutedUntil: NOW + 1 };
      const silent = stateAfterFiring({ ...muted, state: NEW }, 60, NOW);
      expect(silent).to.deep.equal({ notified: false, state: { version: 1, episode: { bucket: 60, latest: 60 } } });
      expect(stateAfterFiring({ ...muted, state: silent.state }, 120, NOW + 1).notified).to.equal(true);
    }
  });
});
