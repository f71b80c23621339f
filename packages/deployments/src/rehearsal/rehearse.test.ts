import { expect } from 'chai';
import { rehearse } from './rehearse.ts';

/** A stage of which `missing` lacks a resource, and which makes reports only after ingest-stream unless it is lax. */
function createStage({ missing = '', isLax = false } = {}) {
  const calls: string[] = [];
  const made = new Set<string>();
  return {
    calls,
    package: async () => undefined,
    deploy: async (name: string) => {
      if (name === 'reports' && !isLax && !made.has('ingest-stream')) throw new Error('no parameter');
      calls.push(`+${name}`);
      made.add(name);
    },
    remove: async (name: string) => {
      calls.push(`-${name}`);
      made.delete(name);
    },
    removeAll: async () => {
      calls.push('-all');
      made.clear();
    },
    check: async (name: string) => ({
      ...{ faults: name === missing ? ['Table is not in the stack'] : [], seen: 1, unseen: 0 },
    }),
  };
}

describe('a rehearsal', () => {
  const tell = () => undefined;

  it('makes a stage in order, changes one service, and removes all, also after a removal that ended half-way', async () => {
    const stage = createStage();
    expect(await rehearse({ stage, tell })).to.deep.equal([]);
    const making = ['+ingest-stream', '+reports', '+notifications', '+api'];
    expect(stage.calls).to.deep.equal([
      ...making,
      ...['+notifications', '+notifications', '-notifications', '+notifications'],
      ...['-api', '-all', '-all'],
      ...making,
    ]);
  });

  it('tells of each fault', async () => {
    const faults = await rehearse({ stage: createStage({ missing: 'api', isLax: true }), tell });
    expect(faults).to.deep.equal([
      'reports was deployed before what it needs',
      ...Array.from({ length: 2 }, () => 'api: Table is not in the stack'),
    ]);
  });
});
