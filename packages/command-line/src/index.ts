export { optionProblem } from './option-problem.ts';
export type { CommandSyntax, Options, Values } from './parse-options.ts';
export { type Command, runCommand } from './run-command.ts';
