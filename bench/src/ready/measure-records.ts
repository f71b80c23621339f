import { BY_BIG_INT, KINESALITES_OWN, type SequenceNumbers } from '@weir/local/sequence-numbers';
import { measureByTurns, type WayFigures } from '../measure/by-turns.ts';
import { cpuMsOf } from '../measure/cpu.ts';

/** As many as the sample has events. */
const RECORDS = 20_000;
const SHARD = KINESALITES_OWN.stringifySequence({ shardCreateTime: Date.UTC(2026, 0, 1) });

/** CPU of what kinesalite computes for each record that is put and read: a hash, and sequence numbers. */
export function measureRecords({ rounds }: { readonly rounds: number }): WayFigures[] {
  const wayOf = (name: string, numbers: SequenceNumbers) => ({ name, run: () => cpuMsOf(() => putAndRead(numbers)) });
  const ways = [wayOf('digit by digit', KINESALITES_OWN), wayOf('by BigInt (chosen)', BY_BIG_INT)];
  return measureByTurns(ways, { rounds, warmUp: 1 });
}

function putAndRead(numbers: SequenceNumbers): void {
  for (let seqIx = 0; seqIx < RECORDS; seqIx++) {
    numbers.partitionKeyToHashKey(String(seqIx));
    const { shardCreateTime } = numbers.parseSequence(SHARD);
    numbers.parseSequence(numbers.stringifySequence({ shardCreateTime, seqIx, seqTime: Date.now(), shardIx: 0 }));
  }
}
