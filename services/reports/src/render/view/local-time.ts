/** Writes instants as the clocks of a zone show them, `14:30`. Only the rendering of a report loads this file. */
export function localTimes(timeZone: string): (instant: string) => string {
  // biome-ignore lint/plugin: a report is made once a day, and its function loads the zones in any case.
  const format = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone });
  return (instant) => format.format(new Date(instant));
}
