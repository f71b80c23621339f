import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';

/** Answers that are kept between a client and the network. */
export interface KeptAnswers {
  /** An answer is repeated only in the phase in which it was kept. While the phase is empty, none is kept. */
  phase: string;
  /** true: answers come from memory. false: they are fetched, and kept. */
  replay: boolean;
}

interface WireRequest {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array | string;
}

interface WireResponse {
  body: unknown;
}

/**
 * Keeps the answers from the network, and repeats them. Without the network, only the work of the client (it builds and
 * signs the request, and parses the answer) and of its caller is measured.
 */
export function keepAnswers(client: DynamoDBClient): KeptAnswers {
  const kept: KeptAnswers = { phase: '', replay: false };
  const answers = new Map<string, WireResponse>();
  client.middlewareStack.add(
    (next) => async (args) => {
      if (kept.phase === '') return next(args);
      const { headers, body } = args.request as WireRequest;
      const key = `${kept.phase} ${headers['x-amz-target']} ${typeof body === 'string' ? body : new TextDecoder().decode(body)}`;
      if (kept.replay) return { response: answerOf(answers, key), output: undefined as never };
      const result = await next(args);
      const response = result.response as WireResponse;
      response.body = await bytesOf(response.body as AsyncIterable<Uint8Array>);
      answers.set(key, response);
      return result;
    },
    { step: 'deserialize', priority: 'low', name: 'keepAnswers' },
  );
  return kept;
}

function answerOf(answers: ReadonlyMap<string, WireResponse>, key: string): WireResponse {
  const answer = answers.get(key);
  if (!answer) throw new Error(`no answer was kept for ${key}`);
  return Object.assign(Object.create(Object.getPrototypeOf(answer) as object) as WireResponse, answer);
}

async function bytesOf(body: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) chunks.push(chunk);
  return new Uint8Array(Buffer.concat(chunks));
}
