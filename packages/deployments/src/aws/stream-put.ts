import { KinesisClient, PutRecordCommand } from '@aws-sdk/client-kinesis';

/** Puts an event on a stream, as a record of its own. `config` holds the settings of the client. */
export function createPut(config: object, StreamName: string): (event: object) => Promise<void> {
  const kinesis = new KinesisClient(config);
  return async (event) => {
    const Data = Buffer.from(JSON.stringify(event));
    await kinesis.send(new PutRecordCommand({ StreamName, PartitionKey: 'smoke', Data }));
  };
}
