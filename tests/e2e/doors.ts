import { setTimeout as sleep } from 'node:timers/promises';
import { createApiDoor } from './api-door.ts';
import { createArchiveDoor } from './archive-door.ts';
import { createJobsDoor } from './jobs-door.ts';
import { createNotificationsDoor } from './notifications-door.ts';
import { createPushDoor } from './push-door.ts';
import { createReportsDoor } from './reports-door.ts';
import { createStreamDoor } from './stream-door.ts';
import type { Local } from './weir-process.ts';

/** The public interfaces of a running Weir: the API, the stream and the archive. */
export type Doors = ReturnType<typeof createDoors>;

const VISIBLE_TIMEOUT_MS = 90_000;
/** The API repeats an answer for this long. When the marker is seen, another action's answer may still be this old. */
const ANSWER_AGE_MS = 1_000;

/** Opens all of them. */
export function createDoors(local: Local) {
  const api = createApiDoor(local);
  const stream = createStreamDoor(local);
  const archive = createArchiveDoor(local);
  const reports = createReportsDoor(local);
  const jobs = createJobsDoor(local);
  const notifications = createNotificationsDoor(local);
  const push = createPushDoor(local);

  /** Resolves when all earlier records are counted: a marker at the end of each open shard is then counted too. */
  const settle = async (): Promise<void> => {
    const action = 'settle';
    const data = JSON.stringify({ userId: 'settle', action, timestamp: Date.now() });
    const [before, shards] = await Promise.all([api.count(action), stream.openShards()]);
    await stream.put(shards.map(({ HashKeyRange }) => ({ data, explicitHashKey: HashKeyRange?.StartingHashKey })));
    const deadline = performance.now() + VISIBLE_TIMEOUT_MS;
    while ((await api.count(action)) < before + shards.length) {
      if (performance.now() > deadline) throw new Error(`not visible after ${VISIBLE_TIMEOUT_MS} ms`);
      await sleep(100);
    }
    await sleep(ANSWER_AGE_MS);
  };

  /** Calls the AWS door's own interface: faults, and counts of calls. */
  const control = async (method: string, path: string, body?: object): Promise<ReturnType<typeof JSON.parse>> => {
    const headers = { authorization: `Bearer ${local.token}`, 'content-type': 'application/json' };
    const init = { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
    return (await fetch(`${local.awsUrl}/_weir/${path}`, init)).json();
  };

  const close = (): void => {
    stream.kinesis.destroy();
    archive.s3.destroy();
  };
  return {
    ...api,
    ...stream,
    ...archive,
    ...reports,
    ...jobs,
    ...notifications,
    ...push,
    awsUrl: local.awsUrl,
    settle,
    control,
    close,
  };
}
