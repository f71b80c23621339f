import { expect } from 'chai';
import { objectKey, parseObjectKey } from './archive-names.ts';

const NAME = { logId: '1764000000.0-a', number: 12, arrival: Date.UTC(2026, 0, 10, 11, 30), digest: 'a'.repeat(32) };

describe('the name of an archive object', () => {
  it('holds its log, first entry, hour and digest', () => {
    expect(objectKey({ ...NAME, area: 'events' })).to.equal(
      `events/dt=2026-01-10/hour=11/1764000000.0-a-0000000012-${NAME.digest}.ndjson.zst`,
    );
  });

  it('comes apart again', () => {
    for (const area of ['events', 'quarantine'] as const) {
      const hour = Date.UTC(2026, 0, 10, 11) / 3_600_000;
      expect(parseObjectKey(objectKey({ ...NAME, area }))).to.deep.equal({ logId: NAME.logId, number: 12, hour });
    }
  });

  it('is told apart from other names', () => {
    for (const key of ['aws/lambda/x', 'events/dt=2026-01-10/hour=11/a.ndjson.zst', 'events/readme.txt']) {
      expect(parseObjectKey(key)).to.equal(undefined);
    }
  });
});
