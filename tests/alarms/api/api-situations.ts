import { MINUTE_MS } from '../simulated/clock.ts';
import type { Situation } from '../situation.ts';
import { API_FUNCTIONS, type ApiWorld } from './api-world.ts';

type ApiSituation = Situation<ApiWorld>;
type Trouble = NonNullable<ApiSituation['trouble']>;

const AUTHORIZE = 'AuthorizeLambdaFunction';
const EVENTS = 'EventsLambdaFunction';

/** Requests each ten seconds. */
function busy(functionId = EVENTS): (world: ApiWorld) => void {
  return (world) => {
    world.traffic = () => Array.from({ length: 6 }, (_, i) => ({ second: 10 * i, functionId }));
  };
}

/** A request each five minutes. */
function quiet(functionId = EVENTS): (world: ApiWorld) => void {
  return (world) => {
    world.traffic = (at) => ((at / MINUTE_MS) % 5 === 0 ? [{ second: 30, functionId }] : []);
  };
}

const closeStream: Trouble = ({ stream }, isOn) => {
  stream.isDown = isOn;
};

/** A picture is uploaded while the table of users cannot be read. */
const refusePicture: Trouble = (world, isOn) => {
  world.isUsersTableDown = isOn;
  if (isOn) world.upload();
};

const normalOperation: readonly ApiSituation[] = [
  { name: 'nothing is asked', begin: () => undefined, raises: {} },
  { name: 'the API is asked each ten seconds', begin: busy(), raises: {} },
  { name: 'the API is asked each five minutes', begin: quiet(), raises: {} },
  {
    name: 'the stream takes nothing for two minutes',
    begin: busy(),
    trouble: closeStream,
    troubleMinutes: 2,
    raises: {},
  },
  {
    name: 'callers send what is refused',
    begin: busy(),
    trouble: (world, isOn) => {
      world.body = isOn ? 'no JSON' : undefined;
    },
    raises: {},
  },
  {
    name: 'a picture fails twice, and then gets through',
    begin: () => undefined,
    trouble: refusePicture,
    troubleMinutes: 2,
    raises: {},
  },
  {
    name: 'an erasure ends well',
    begin: () => undefined,
    trouble: (world, isOn) => isOn && world.endExecution('ExecutionsSucceeded'),
    raises: {},
  },
];

/** How often the API is asked, and the minutes within which an outage must be seen. */
const PACES = [
  { pace: 'each ten seconds', begin: busy, within: 10 },
  { pace: 'each five minutes', begin: quiet, within: 20 },
];

const outages: readonly ApiSituation[] = PACES.flatMap(({ pace, begin, within }) => [
  {
    name: `the stream takes nothing, and the API is asked ${pace}`,
    begin: begin(),
    trouble: closeStream,
    raises: { ApiFailingAlarm: within },
  },
  {
    name: `keys cannot be read, and the API is asked ${pace}`,
    begin: begin(),
    trouble: (world: ApiWorld, isOn: boolean) => {
      world.areKeysReadable = !isOn;
    },
    raises: { ApiFailingAlarm: within },
  },
  ...API_FUNCTIONS.map((id) => ({
    name: `${id} times out, and is asked ${pace}`,
    begin: begin(id === AUTHORIZE ? EVENTS : id),
    trouble: (world: ApiWorld, isOn: boolean) => {
      world.functionOf(id).hangs = isOn;
    },
    raises: { ApiFailingAlarm: within },
  })),
]);

const behindTheScenes: readonly ApiSituation[] = [
  ...['ExecutionsFailed', 'ExecutionsTimedOut', 'ExecutionsAborted'].map((name) => ({
    name: `an execution of the machine of erasures ends, and AWS/States says ${name}`,
    begin: () => undefined,
    trouble: (world: ApiWorld, isOn: boolean) => isOn && world.endExecution(name),
    raises: { ErasuresFailingAlarm: 5 },
    clearsWithin: 24 * 60,
  })),
  {
    name: 'a picture fails three times, and lies in the dead-letter queue until somebody empties it',
    begin: () => undefined,
    trouble: (world, isOn) => {
      refusePicture(world, isOn);
      if (!isOn) world.deadLetters = 0;
    },
    raises: { ThumbnailDeadLettersAlarm: 10 },
  },
];

/** What happens to the service api. */
export const apiSituations: readonly ApiSituation[] = [...normalOperation, ...outages, ...behindTheScenes];
