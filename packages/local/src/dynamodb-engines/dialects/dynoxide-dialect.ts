import { isDeepStrictEqual } from 'node:util';
import type { Dialect, WireJson } from '../../aws-calls/backend.ts';
import { prefixAsRange } from './prefix-as-range.ts';
import { hasDescendingOrder, oneClauseOfEach } from './statement-clauses.ts';
import { type WireStreamRecord, withRecords } from './stream-records.ts';

interface WireStream {
  readonly StreamLabel?: string;
  readonly Shards?: readonly { readonly SequenceNumberRange: { readonly EndingSequenceNumber?: string } }[];
}

interface WireTable {
  readonly LatestStreamLabel?: string;
}

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
  corrections: {
    GetRecords: (answer) => withRecords(answer, (records) => records.filter(isChange)),
    DescribeStream: ({ StreamDescription: stream, ...answer }) => ({
      ...answer,
      StreamDescription: withLabel(withOpenShards(stream as WireStream)),
    }),
    ListStreams: ({ Streams: streams, ...answer }) => ({
      ...answer,
      Streams: (streams as WireStream[]).map(withLabel),
    }),
    CreateTable: ({ TableDescription: table }) => ({ TableDescription: withLatestLabel(table as WireTable) }),
    DescribeTable: ({ Table: table }) => ({ Table: withLatestLabel(table as WireTable) }),
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
function withOpenShards(stream: WireStream): WireStream {
  const Shards = stream.Shards?.map(({ SequenceNumberRange: { EndingSequenceNumber: _last, ...range }, ...shard }) => ({
    ...shard,
    SequenceNumberRange: range,
  }));
  return { ...stream, ...(Shards === undefined ? {} : { Shards }) };
}

function withLabel<T extends { readonly StreamLabel?: string }>(stream: T): T {
  return stream.StreamLabel === undefined ? stream : { ...stream, StreamLabel: timeOf(stream.StreamLabel) };
}

function withLatestLabel(table: WireTable): WireTable {
  const { LatestStreamLabel: label } = table;
  return label === undefined ? table : { ...table, LatestStreamLabel: timeOf(label) };
}

/** AWS labels a stream by its time of creation, as in `2026-01-31T12:00:00.000`; dynoxide by its epoch seconds. */
function timeOf(label: string): string {
  return /^\d+\.\d+$/.test(label) ? new Date(Number(label) * 1000).toISOString().replace('Z', '') : label;
}
