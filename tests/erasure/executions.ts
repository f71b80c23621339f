import type { EraseInput, EraseProgress } from '@weir/api/src/erasures/passes/erase-task.ts';
import type { Process } from '@weir/ingest-stream/src/model/scheduler.ts';

/**
 * An execution of the state machine: it calls the task until that is done, and again after a task that was given up.
 */
export class Execution {
  readonly name: string;
  input: EraseInput;
  isRunning = true;
  process: Process | undefined;
  #task: object | undefined;

  constructor(name: string, pass: number) {
    this.name = name;
    this.input = { pass };
  }

  get isIdle(): boolean {
    return this.isRunning && this.#task === undefined;
  }

  beginTask(): object {
    this.#task = {};
    return this.#task;
  }

  /** Takes the task's result. The result of a task that was given up is ignored. */
  tell(task: object, { status, ...input }: EraseProgress): void {
    if (this.#task !== task) return;
    this.giveTaskUp();
    this.input = input;
    if (status !== 'more') this.end();
  }

  tryAgain(task: object, input: EraseInput): void {
    if (this.#task !== task) return;
    this.giveTaskUp();
    this.input = input;
  }

  giveTaskUp(): void {
    this.#task = undefined;
    this.process = undefined;
  }

  end(): void {
    this.giveTaskUp();
    this.isRunning = false;
  }
}

/** All executions, running and ended, by name as in Step Functions. */
export class Executions {
  readonly all = new Map<string, Execution>();

  start(name: string, pass: number): 'running' | 'ended' {
    const before = this.all.get(name);
    if (before) return before.isRunning ? 'running' : 'ended';
    const others = [...this.all.values()].filter(({ isRunning, input }) => isRunning && input.pass === pass);
    if (others.length > 0) throw new Error(`${name} begins while ${others[0]?.name} runs`);
    this.all.set(name, new Execution(name, pass));
    return 'running';
  }

  idle(): Execution[] {
    return [...this.all.values()].filter(({ isIdle }) => isIdle);
  }

  of(process: Process): Execution | undefined {
    return [...this.all.values()].find((execution) => execution.process === process);
  }
}
