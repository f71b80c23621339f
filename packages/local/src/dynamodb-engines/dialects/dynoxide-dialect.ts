import { isDeepStrictEqual } from 'node:util';
import type { Dialect, WireJson } from '../../aws-calls/backend.ts';
import { prefixAsRange } from './prefix-as-range.ts';
import { hasDescendingOrder, oneClauseOfEach } from './statement-clauses.ts';
import { type WireStreamRecord, withRecords } from './stream-records.ts';

const NO_DESCENDING_ORDER =
  'dynoxide ignores ORDER BY … DESC: use Query with ScanIndexForward, or set WEIR_DYNAMODB_ENGINE=dynamodb-local';

/** What dynoxide does otherwise than AWS, put right; where that cannot be, refused. */
export const dynoxideDialect: Dialect = {
  refusal: (action, { Statement }) =>
    action === 'ExecuteStatement' && hasDescendingOrder(String(Statement)) ? NO_DESCENDING_ORDER : undefined,
  respell: (action, request) => {
    switch (action) {
      case 'Query':
        return prefixAsRange(request);
      case 'ExecuteStatement':
        return respelled(request);
      case 'BatchExecuteStatement':
        return { ...request, Statements: statements(request.Statements) };
      case 'ExecuteTransaction':
        return { ...request, TransactStatements: statements(request.TransactStatements) };
      default:
        return request;
    }
  },
  correct: (action, answer) => {
    if (action === 'GetRecords') return withRecords(answer, (records) => records.filter(isChange));
    return action === 'DescribeStream' ? withOpenShards(answer) : answer;
  },
};

function statements(list: unknown): unknown {
  return Array.isArray(list) ? list.map(respelled) : list;
}

function respelled(statement: WireJson): WireJson {
  if (typeof statement.Statement !== 'string') return statement;
  return { ...statement, Statement: oneClauseOfEach(statement.Statement) };
}

/** AWS records nothing for a write that leaves the item as it was. Only a stream with both images shows that. */
function isChange({ dynamodb: { OldImage, NewImage } }: WireStreamRecord): boolean {
  return OldImage === undefined || NewImage === undefined || !isDeepStrictEqual(OldImage, NewImage);
}

/** It names the last record as the end of a shard that is still open: readers would stop there. */
function withOpenShards(answer: WireJson): WireJson {
  const description = answer.StreamDescription as { readonly Shards?: readonly WireShard[] } | undefined;
  if (description?.Shards === undefined) return answer;
  const Shards = description.Shards.map(
    ({ SequenceNumberRange: { EndingSequenceNumber: _last, ...range }, ...shard }) => ({
      ...shard,
      SequenceNumberRange: range,
    }),
  );
  return { ...answer, StreamDescription: { ...description, Shards } };
}

interface WireShard {
  readonly SequenceNumberRange: { readonly EndingSequenceNumber?: string };
}
