import type { TableAccess } from '../table/table-access.ts';

/** What a table was asked: the inputs of the commands, in order. */
export type Asked = readonly Readonly<Record<string, unknown>>[];

/** What a table answers to one command: its output, or an error to throw; a function makes it of the command's input. */
export type ScriptedAnswer = object | ((input: never) => object);

/** A table that answers by a script, for what no emulator does when it is asked to. */
export interface ScriptedTable {
  readonly access: TableAccess;
  readonly asked: Asked;
}

/** Gives its answers one after the other, and the last of them for ever. Without any, every answer is empty. */
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
