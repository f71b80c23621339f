import type { ApiDoor } from './api-door.ts';

const JSON_TYPE = { 'content-type': 'application/json' };

/** Asks for a summary with a key of its own, so that it waits for no other; its parts take longer than a request. */
export async function askReport({ call }: Pick<ApiDoor, 'call'>): Promise<string> {
  const send = async (path: string, body: object, headers: object = {}) => {
    const init = { method: 'POST', body: JSON.stringify(body), headers: { ...JSON_TYPE, ...headers } };
    const answer = await call(path, init);
    if (answer.status >= 300) throw new Error(`${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body;
  };
  const { key } = await send('/keys', { name: 'asks for a report', scopes: ['reports:write'] });
  const question = { kind: 'summary', from: '2025-10-01T00:00:00Z', to: '2025-11-24T00:00:00Z', actions: ['checkout'] };
  return (await send('/reports', question, { authorization: `Bearer ${key}` })).id;
}
