/** Whether a stage is one of a single machine: its name is `local`, or begins with that word. */
export function isLocal(stage: string): boolean {
  return stage.split('-')[0] === 'local';
}
