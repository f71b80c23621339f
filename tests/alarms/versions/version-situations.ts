import type { Situation } from '../situation.ts';
import type { SimulatedVersion } from './simulated-version.ts';
import type { VersionsWorld } from './versions-world.ts';

type VersionSituation = Situation<VersionsWorld>;
type Called = VersionsWorld['called'];
type Break = (version: SimulatedVersion, isOn: boolean) => void;

/** For all situations. A value may be two minutes late. */
const TIMES = { troubleMinutes: 10, risesWithin: 4, clearsWithin: 15 };

const crash: Break = ({ fn }, isOn) => {
  fn.crashes = isOn;
};
const hang: Break = ({ fn }, isOn) => {
  fn.hangs = isOn;
};
/** The authorizer throws then, and another function answers with a 5xx. */
const loseTable: Break = (version, isOn) => {
  version.lacksTable = isOn;
};

/** `asked` has the alarms of new versions, each with the logical id of its function. */
export function versionSituations(asked: ReadonlyMap<string, string>): readonly VersionSituation[] {
  const all = [...new Set(asked.values())];
  const raises = (ids: readonly string[]) =>
    Object.fromEntries([...asked].flatMap(([alarm, id]) => (ids.includes(id) ? [[alarm, TIMES.risesWithin]] : [])));
  const fresh = (breaks: Break, ids = all) => ({ ...situation('fresh', breaks, ids), raises: raises(ids) });
  return [
    { name: 'new versions work', ...fresh(crash, []) },
    { name: 'new versions crash', ...fresh(crash) },
    { name: 'new versions time out', ...fresh(hang) },
    { name: 'new versions throw, or answer with a 5xx', ...fresh(loseTable) },
    ...all.map((id) => ({ name: `the new version of ${id} alone fails`, ...fresh(loseTable, [id]) })),
    { name: 'the versions before fail, and the new ones do not', ...situation('before', loseTable, all), raises: {} },
  ];
}

/** Calls go to new versions for some minutes, and then all of them to those before again. */
function situation(
  which: Called[number],
  breaks: Break,
  ids: readonly string[],
): Omit<VersionSituation, 'name' | 'raises'> {
  return {
    ...TIMES,
    begin: () => undefined,
    trouble: (world, isOn) => {
      world.called = isOn ? ['before', 'fresh'] : ['before'];
      for (const [id, version] of world[which]) if (ids.includes(id)) breaks(version, isOn);
    },
  };
}
