import type { TableAccess } from '../table/table-access.ts';

/** The inputs of the commands that a table got, in order. */
export type Asked = readonly Readonly<Record<string, unknown>>[];

/**
 * What a table answers to one command: its output, or an error to throw; a function makes it from the command's input.
 */
export type ScriptedAnswer = object | ((input: never) => object);

/** A table that answers by a script, for behaviour that no emulator shows on request. */
export interface ScriptedTable {
  readonly access: TableAccess;
  readonly asked: Asked;
}

/** Gives its answers one after the other, and then always the last. Without any, every answer is empty. */
export function scriptedTable(...answers: readonly ScriptedAnswer[]): ScriptedTable {
  const asked: Record<string, unknown>[] = [];
  const send = async ({ input }: { input: Record<string, unknown> }) => {
    const answer = answers[Math.min(asked.length, answers.length - 1)] ?? {};
    asked.push(input);
    const given = typeof answer === 'function' ? answer(input as never) : answer;
    if (given instanceof Error) throw given;
    return given;
  };
  return { access: { client: { send } as unknown as TableAccess['client'], tableName: 'table' }, asked };
}
