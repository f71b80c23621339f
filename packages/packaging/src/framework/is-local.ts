/** The stage of one machine, where erasures wait for seconds. */
export function isLocal(stage: string): boolean {
  return stage.split('-')[0] === 'local';
}
