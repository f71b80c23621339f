/** Begins every KPL-aggregated record. Source: the KPL's aggregation-format.md. */
export const aggregateMagic: Uint8Array = Uint8Array.of(0xf3, 0x89, 0x9a, 0xc2);

/** An MD5 of the protobuf bytes ends every KPL-aggregated record. */
export const CHECKSUM_BYTES = 16;

/** Field numbers of the message `AggregatedRecord`. */
export const AGGREGATE_FIELD = { partitionKey: 1, explicitHashKey: 2, record: 3 } as const;

/** Field numbers of the message `Record`. */
export const RECORD_FIELD = { partitionKeyIndex: 1, explicitHashKeyIndex: 2, data: 3 } as const;
