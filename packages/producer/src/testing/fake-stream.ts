import type { PutRecordsCommand, PutRecordsCommandInput, PutRecordsCommandOutput } from '@aws-sdk/client-kinesis';
import { decodeRecords, padSequenceNumber } from '@weir/events';
import type { StreamClient } from '../aws/put-records.ts';

/** The fate of a call, or of one record of it. */
export interface Fate {
  /** The whole call fails with this; `after` it was carried out. */
  readonly throws?: { readonly error: Error; readonly after: boolean };
  /** Whether a record is refused. */
  readonly refuses?: (index: number) => boolean;
}

/** A stream in memory that keeps what it took. */
export class FakeStream {
  readonly calls: PutRecordsCommandInput[] = [];
  readonly taken: { readonly key: string; readonly hashKey: string | undefined; readonly data: Uint8Array }[] = [];
  readonly #fate: () => Fate;

  constructor(fate: () => Fate = () => ({})) {
    this.#fate = fate;
  }

  get client(): StreamClient {
    const send = async ({ input }: PutRecordsCommand) => this.#put(input);
    return { send } as unknown as StreamClient;
  }

  #put(input: PutRecordsCommandInput): Partial<PutRecordsCommandOutput> {
    this.calls.push(input);
    const { throws, refuses = () => false } = this.#fate();
    if (throws && !throws.after) throw throws.error;
    const Records = (input.Records ?? []).map(
      ({ PartitionKey = '', ExplicitHashKey, Data = new Uint8Array() }, index) => {
        if (refuses(index)) return { ErrorCode: 'ProvisionedThroughputExceededException', ErrorMessage: 'slow down' };
        this.taken.push({ key: PartitionKey, hashKey: ExplicitHashKey, data: Data });
        return { SequenceNumber: `${this.taken.length}`, ShardId: 'shardId-000000000000' };
      },
    );
    if (throws) throw throws.error;
    return { Records };
  }

  /** The ids of all events on the stream, copies included, as the consumer decodes them. */
  ids(): (string | undefined)[] {
    const records = this.taken.map(({ key, data }, index) => ({
      sequenceNumber: padSequenceNumber(`${index + 1}`),
      partitionKey: key,
      arrival: Date.now(),
      data: Buffer.from(data).toString('base64'),
    }));
    return decodeRecords(records, { hashRange: { start: '0', end: (2n ** 128n - 1n).toString() } }).map((decoded) => {
      if (decoded.kind === 'refusal') throw new Error(`${decoded.reason}: ${decoded.detail}`);
      return decoded.id;
    });
  }
}
