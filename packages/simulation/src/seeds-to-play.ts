/** The seeds from 1 to `schedules`, and before them the one at which the search ended earlier, if it is one of these. */
export function* seedsToPlay(schedules: number, failsAt?: number): Generator<number> {
  if (failsAt !== undefined && failsAt <= schedules) yield failsAt;
  for (let seed = 1; seed <= schedules; seed++) yield seed;
}
