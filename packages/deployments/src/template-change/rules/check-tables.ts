import type { TemplateChange } from '../comparison/compare-templates.ts';
import type { Finding } from '../comparison/finding.ts';
import { isSame, type Properties } from '../comparison/template.ts';

/** What DynamoDB does not do to a table at once. */
export function* checkTables({ kept }: TemplateChange): Iterable<Finding> {
  for (const [id, was, is] of kept) {
    if (is.Type !== 'AWS::DynamoDB::Table') continue;
    yield* checkIndexes(id, was.Properties ?? {}, is.Properties ?? {});
    yield* checkStream(id, was.Properties ?? {}, is.Properties ?? {});
    yield* checkExpiry(id, was.Properties ?? {}, is.Properties ?? {});
    yield* checkBound(id, was.Properties ?? {}, is.Properties ?? {});
  }
}

function* checkIndexes(where: string, was: Properties, is: Properties): Iterable<Finding> {
  const [old, made] = [indexesOf(was), indexesOf(is)];
  const added = [...made.keys()].filter((name) => !old.has(name));
  const removed = [...old.keys()].filter((name) => !made.has(name));
  if (added.length + removed.length > 1) {
    const message = `an update adds or removes one global index: ${[...added, ...removed].join(', ')} are ${added.length + removed.length}. Deploy them one by one`;
    yield { rule: 'one-index', where, effect: 'refused', message };
  }
  for (const [name, index] of made) {
    const before = old.get(name);
    if (before === undefined || isSame(before, index)) continue;
    const message = `the global index ${name} cannot change: add one under another name, and later remove this one`;
    yield { rule: 'index-changes', where, effect: 'refused', message };
  }
}

/** Keys and projection of each global index, by its name: only its throughput and its metrics may change. */
function indexesOf({ GlobalSecondaryIndexes = [] }: Properties): Map<unknown, unknown> {
  const indexes = GlobalSecondaryIndexes as readonly Properties[];
  return new Map(indexes.map(({ IndexName, KeySchema, Projection }) => [IndexName, [KeySchema, Projection]]));
}

function* checkStream(where: string, was: Properties, is: Properties): Iterable<Finding> {
  const [old, made] = [was.StreamSpecification, is.StreamSpecification];
  if (old === undefined || isSame(old, made)) return;
  const message = `the table's stream ends${made === undefined ? '' : ', and another one begins'}: what its readers have not read yet is lost`;
  yield { rule: 'stream-changes', where, effect: 'lost', message };
}

function* checkExpiry(where: string, was: Properties, is: Properties): Iterable<Finding> {
  const [old, made] = [was, is].map(({ TimeToLiveSpecification }) => TimeToLiveSpecification as Properties | undefined);
  if (!old?.AttributeName || !made?.AttributeName || old.AttributeName === made.AttributeName) return;
  const message = 'the attribute of the time to live cannot change: turn it off in one deployment, and on in another';
  yield { rule: 'expiry-changes', where, effect: 'refused', message };
}

function* checkBound(where: string, was: Properties, is: Properties): Iterable<Finding> {
  if (was.OnDemandThroughput === undefined || is.OnDemandThroughput !== undefined) return;
  const message = 'DynamoDB keeps the bound that the template no longer has: take it away by hand (docs/stages.md)';
  yield { rule: 'bound-stays', where, effect: 'limited', message };
}
