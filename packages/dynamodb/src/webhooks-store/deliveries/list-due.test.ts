import { expect } from 'chai';
import { scriptedTable } from '../../testing/scripted-table.ts';
import { listDue } from './list-due.ts';

const itemsOf = (dueShard: string, numbers: readonly number[]) =>
  numbers.map((dueAt) => ({
    ...{ pk: { S: 'deliveries#e1' }, sk: { S: `msg_${dueShard}${dueAt}` }, attempt: { N: '2' } },
    ...{ dueShard: { S: dueShard }, dueAt: { N: `${dueAt}` } },
  }));

/** A table whose pages hold three items, of shards that each have this many. */
function tableWith(perShard: number) {
  return scriptedTable(({ ExpressionAttributeValues: values, ExclusiveStartKey: from }: Query) => {
    const shard = values[':shard'].S;
    const first = from === undefined ? 0 : Number(from.dueAt.N) + 1;
    const numbers = Array.from({ length: Math.min(3, perShard - first) }, (_, at) => first + at);
    const last = itemsOf(shard, numbers).at(-1);
    return { Items: itemsOf(shard, numbers), ...(first + 3 < perShard && { LastEvaluatedKey: last }) };
  });
}

interface Query {
  readonly ExpressionAttributeValues: { readonly ':shard': { readonly S: string } };
  readonly ExclusiveStartKey?: { readonly dueAt: { readonly N: string } };
}

async function countDue(perShard: number, limit: number) {
  const { access, asked } = tableWith(perShard);
  const counts = new Map<string, number>();
  for await (const { messageId } of listDue(access, { now: 99, limit })) {
    const shard = messageId.slice(4, 5);
    counts.set(shard, (counts.get(shard) ?? 0) + 1);
  }
  return { counts: Object.fromEntries(counts), reads: asked.length };
}

describe('the list of what is due', () => {
  it('has all pages of all shards', async () => {
    expect(await countDue(7, 1_000)).to.deep.equal({ counts: { 0: 7, 1: 7, 2: 7, 3: 7 }, reads: 12 });
  });

  it('gives each shard the same share of the limit, and reads no more than it needs', async () => {
    expect(await countDue(100, 16)).to.deep.equal({ counts: { 0: 4, 1: 4, 2: 4, 3: 4 }, reads: 8 });
    expect(await countDue(100, 12)).to.deep.equal({ counts: { 0: 3, 1: 3, 2: 3, 3: 3 }, reads: 4 });
  });
});
