import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';

/** What stands between a client and the network. */
export interface KeptAnswers {
  /** Answers of one phase are given again only in that phase; none are kept while it is empty. */
  phase: string;
  /** Whether answers come from memory; if not they are fetched, and kept. */
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
 * Keeps the wire's answers and gives them again: with the network taken out, what is left is the client's own work (the
 * request built and signed, the answer parsed) and the caller's.
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
