import type { Mutation } from '@weir/simulation/mutants';

const MEMORY = '@weir/dynamodb/connections-store/memory-connections-store.ts';

/** A schedule must fail with each. Names of files are below `src`, or below `src` of a package. */
export const MUTATIONS: readonly Mutation[] = [
  {
    name: 'the snapshot is read before the subscription is stored',
    file: 'socket/answer-message.ts',
    find: 'const outcome = await connections.subscribe(connectionId, subscription);',
    replace: `await sendSnapshot(deps, connectionId, subscription);
  const outcome = await connections.subscribe(connectionId, subscription);
  if (outcome === 'subscribed') return;`,
  },
  {
    name: 'the revision grows before the subscription is stored',
    file: MEMORY,
    find: `      subscriptions.set(connectionId, ownOf(connectionId).set(subscription.id, subscription));
      await turn();
      if (ownOf(connectionId).size > MAX_SUBSCRIPTIONS) {
        await turn();
        ownOf(connectionId).delete(subscription.id);
        return 'too-many';
      }
      await turn();
      if (growRevision(connectionId)) return 'subscribed';`,
    replace: `      growRevision(connectionId);
      await turn();
      subscriptions.set(connectionId, ownOf(connectionId).set(subscription.id, subscription));
      if (connections.has(connectionId)) return 'subscribed';`,
  },
  {
    name: 'the revision grows once',
    file: MEMORY,
    find: 'revision: found.revision + 1',
    replace: 'revision: 1',
  },
  {
    name: 'the connections are listed once',
    file: 'push/subscribers.ts',
    find: 'this.#known = known;',
    replace: 'if (before.size === 0) this.#known = known;',
  },
  {
    name: 'counts are read for series that are new',
    file: 'push/live-counts.ts',
    find: 'await this.#counts.refresh(',
    replace: 'if (series.size !== this.#series.size) await this.#counts.refresh(',
  },
  {
    name: 'what waits is forgotten when the time is over',
    file: 'push/send-waiting.ts',
    find: 'if (next === undefined || next > until) break;',
    replace: 'if (next === undefined || next > until) { state.waiting.keep(() => false); break; }',
  },
  {
    name: 'a client gets frames as they come',
    file: 'push/waiting-rows.ts',
    find: 'this.#nextAt.set(connectionId, now + BETWEEN_FRAMES_MS);',
    replace: '',
  },
  {
    name: 'posts are not counted',
    file: 'push/send-waiting.ts',
    find: 'wanted > 0 ? await connections.takePosts({ second, wanted, limit }) : 0;',
    replace: 'wanted;',
  },
];
