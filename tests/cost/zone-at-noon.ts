/**
 * A time zone in which it is noon now: in some hours of a stage's night its schedules do the work of the day, in all
 * others they find nothing to do. Etc/GMT-5 is five hours ahead of UTC.
 */
export function zoneAtNoon(now: number): string {
  const ahead = 12 - new Date(now).getUTCHours();
  return ahead < 0 ? `Etc/GMT+${-ahead}` : `Etc/GMT-${ahead}`;
}
