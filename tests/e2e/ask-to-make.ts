import type { Doors } from './doors.ts';

/** Sends a request that makes a resource. Returns what the API answers of it. */
export async function askToMake(door: Pick<Doors, 'call'>, request: string, body?: object): Promise<{ id: string }> {
  const [method = 'GET', path = ''] = request.split(' ');
  const init = body && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
  const answer = await door.call(path, { method, ...init });
  if (answer.status >= 300) throw new Error(`${request}: ${answer.status} ${JSON.stringify(answer.body)}`);
  return answer.body;
}
