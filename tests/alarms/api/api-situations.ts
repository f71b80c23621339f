import { HOUR_MS, MINUTE_MS } from '../simulated/clock.ts';
import type { Situation } from '../situation.ts';
import type { ApiWorld } from './api-world.ts';

type ApiSituation = Situation<ApiWorld>;
type Trouble = NonNullable<ApiSituation['trouble']>;

/** A request every ten seconds. */
function busy(world: ApiWorld): void {
  world.traffic = () => [0, 10, 20, 30, 40, 50];
}

/** A request every five minutes. */
function quiet(world: ApiWorld): void {
  world.traffic = (minute) => ((minute / MINUTE_MS) % 5 === 0 ? [30] : []);
}

const closeStream: Trouble = ({ stream }, isOn) => {
  stream.isDown = isOn;
};

const loseRedis: Trouble = ({ redis }, isOn) => {
  redis.isDown = isOn;
};

/** Uploads a picture while the table of users cannot be read. */
const refusePicture: Trouble = (world, isOn) => {
  world.isUsersTableDown = isOn;
  if (isOn) world.upload();
};

const crashErase: Trouble = ({ erasures: { erase } }, isOn) => {
  erase.crashes = isOn;
};

/** Secrets Manager calls the function of the rotation. */
const rotate: Trouble = (world, isOn) => {
  world.isRotating = isOn;
};

const normalOperation: readonly ApiSituation[] = [
  { name: 'the API gets no requests', begin: () => undefined, raises: {} },
  { name: 'the API gets a request every ten seconds', begin: busy, raises: {} },
  { name: 'the API gets a request every five minutes', begin: quiet, raises: {} },
  {
    name: 'the stream takes no records for two minutes',
    begin: busy,
    trouble: closeStream,
    troubleMinutes: 2,
    raises: {},
  },
  {
    name: 'Redis cannot be reached for two minutes',
    begin: busy,
    trouble: loseRedis,
    troubleMinutes: 2,
    raises: {},
  },
  {
    name: 'every second use of Redis fails, and the next use connects again',
    begin: busy,
    trouble: ({ redis }, isOn) => {
      redis.isShaky = isOn;
    },
    raises: {},
  },
  {
    name: 'callers send invalid bodies',
    begin: busy,
    trouble: (world, isOn) => {
      world.body = isOn ? 'no JSON' : undefined;
    },
    raises: {},
  },
  {
    name: 'a picture fails twice, and succeeds the third time',
    begin: () => undefined,
    trouble: refusePicture,
    troubleMinutes: 2,
    raises: {},
  },
  {
    name: 'an execution of the state machine of erasures succeeds',
    begin: () => undefined,
    trouble: (world, isOn) => isOn && world.endExecution('ExecutionsSucceeded'),
    raises: {},
  },
  { name: 'the bootstrap key is rotated', begin: () => undefined, trouble: rotate, raises: {} },
  {
    name: 'a deleted person waits an hour for a pass',
    begin: () => undefined,
    trouble: (world, isOn) => world.erasures.wait(isOn),
    raises: {},
  },
  {
    name: 'the check for waiting erasures fails twice, and succeeds the third time',
    begin: () => undefined,
    trouble: crashErase,
    troubleMinutes: 2,
    raises: {},
  },
];

interface Failure {
  readonly name: string;
  readonly trouble: Trouble;
  /** Callers wait for the time-out. */
  readonly isSlow?: true;
}

const failures: readonly Failure[] = [
  { name: 'the stream takes no records', trouble: closeStream },
  {
    name: 'keys cannot be read',
    trouble: (world, isOn) => {
      world.areKeysReadable = !isOn;
    },
  },
  {
    name: 'the authorizer times out',
    isSlow: true,
    trouble: ({ authorizer }, isOn) => {
      authorizer.hangs = isOn;
    },
  },
  {
    name: 'a function times out',
    isSlow: true,
    trouble: ({ events }, isOn) => {
      events.hangs = isOn;
    },
  },
  {
    name: 'a function crashes',
    trouble: ({ events }, isOn) => {
      events.crashes = isOn;
    },
  },
  {
    name: 'the account has no room for calls of functions',
    trouble: ({ authorizer, events }, isOn) => {
      authorizer.isThrottled = isOn;
      events.isThrottled = isOn;
    },
  },
];

const outages: readonly ApiSituation[] = failures.flatMap(({ name, trouble, isSlow }) => [
  {
    name: `${name}, and the API gets a request every ten seconds`,
    begin: busy,
    trouble,
    raises: { ApiFailingAlarm: 10, ...(isSlow && { ApiSlowAlarm: 10 }) },
  },
  {
    name: `${name}, and the API gets a request every five minutes`,
    begin: quiet,
    trouble,
    raises: { ApiFailingAlarm: 20, ...(isSlow && { ApiSlowAlarm: 20 }) },
  },
]);

const slowness: readonly ApiSituation[] = [
  {
    name: 'a function takes nearly as long as it may',
    begin: busy,
    trouble: ({ events }, isOn) => {
      events.isSlow = isOn;
    },
    raises: { ApiSlowAlarm: 10 },
  },
  {
    name: 'pictures take nearly as long as the function may',
    begin: (world) => {
      world.minutesBetweenUploads = 5;
    },
    trouble: ({ thumbnail }, isOn) => {
      thumbnail.isSlow = isOn;
    },
    raises: { ThumbnailSlowAlarm: 30 },
    clearsWithin: 50,
  },
];

const withoutRedis: readonly ApiSituation[] = [
  { name: 'Redis cannot be reached, and the API gets a request every ten seconds', begin: busy, within: 10 },
  { name: 'Redis cannot be reached, and the API gets a request every five minutes', begin: quiet, within: 20 },
].map(({ within, ...situation }) => ({ ...situation, trouble: loseRedis, raises: { RedisUnreachedAlarm: within } }));

const behindTheScenes: readonly ApiSituation[] = [
  ...['ExecutionsFailed', 'ExecutionsTimedOut', 'ExecutionsAborted'].map((name) => ({
    name: `an execution of the state machine of erasures ends with ${name} in AWS/States`,
    begin: () => undefined,
    trouble: (world: ApiWorld, isOn: boolean) => isOn && world.endExecution(name),
    raises: { ErasuresFailingAlarm: 5 },
    clearsWithin: 24 * 60,
  })),
  {
    name: 'a person has waited two days for a pass that does not end',
    begin: () => undefined,
    trouble: (world, isOn) => world.erasures.wait(isOn, 48 * HOUR_MS),
    raises: { ErasuresOverdueAlarm: 20 },
    clearsWithin: 8 * 60,
  },
  {
    name: 'the check for waiting erasures does not run any more',
    begin: () => undefined,
    trouble: crashErase,
    raises: { ErasuresOverdueAlarm: 20 },
    clearsWithin: 8 * 60,
  },
  {
    name: 'the bootstrap key cannot be rotated',
    begin: () => undefined,
    trouble: (world, isOn) => {
      rotate(world, isOn);
      world.rotation.crashes = isOn;
    },
    raises: { KeyRotationFailingAlarm: 5 },
    clearsWithin: 24 * 60,
  },
  {
    name: 'a picture fails three times, and stays in the dead-letter queue until that is emptied',
    begin: () => undefined,
    trouble: (world, isOn) => {
      refusePicture(world, isOn);
      if (!isOn) world.deadLetters = 0;
    },
    raises: { ThumbnailDeadLettersAlarm: 10 },
  },
];

/** The situations of the service api. */
export const apiSituations: readonly ApiSituation[] = [
  ...normalOperation,
  ...outages,
  ...slowness,
  ...withoutRedis,
  ...behindTheScenes,
];
