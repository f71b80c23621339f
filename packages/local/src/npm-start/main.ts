import { enableCompileCache } from 'node:module';
import { unexpectedProblem } from '../terminal/unexpected-problem.ts';
import { COMPILE_CACHE } from './compile-cache.ts';

// The program behind `npm start`. Everything is loaded in here: a broken installation then also becomes one sentence.
try {
  enableCompileCache(process.env.NODE_COMPILE_CACHE ?? COMPILE_CACHE);
  const { runNpmStart } = await import('./run-npm-start.ts');
  process.exit(await runNpmStart());
} catch (error) {
  process.stderr.write(`\n${unexpectedProblem(error)}\n`);
  process.exit(1);
}
