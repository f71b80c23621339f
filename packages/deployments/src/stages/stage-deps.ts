import { join, resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { runServerless } from '../artifact/run-serverless.ts';
import { createStageStacks, type StageStacks } from '../aws/stage-stacks.ts';
import type { RemoveDeps } from './remove-stage.ts';

const SERVICES_DIR = resolve(import.meta.dirname, '../../../../services');

/** What a command needs that works on whole stages of the account whose credentials it has. It tells on standard output. */
export function createStageDeps(region: string): RemoveDeps & { readonly stacks: StageStacks } {
  return {
    stacks: createStageStacks({ region }),
    serverless: (service, args) => runServerless(args, { cwd: join(SERVICES_DIR, service), stdio: 'inherit' }),
    wait: (ms) => setTimeout(ms),
    tell: (sentence) => void process.stdout.write(`${sentence}\n`),
  };
}
