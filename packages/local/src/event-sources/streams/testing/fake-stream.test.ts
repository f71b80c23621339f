import { createFakeStream, record } from './fake-stream.ts';
import { streamContract } from './stream-port.contract.ts';

describe('the stream in memory', () => {
  streamContract({
    create: async () => {
      const port = createFakeStream();
      port.addShard('a');
      return { port, put: async (number) => port.put('a', [record(number, Date.now())]) };
    },
    numberOf: ({ sequenceNumber }) => Number(sequenceNumber),
  });
});
