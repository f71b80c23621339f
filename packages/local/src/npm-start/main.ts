import { unexpectedProblem } from '../terminal/unexpected-problem.ts';

// The program behind `npm start`. Everything is loaded in here: a broken installation then also becomes one sentence.
try {
  const { runNpmStart } = await import('./run-npm-start.ts');
  process.exit(await runNpmStart());
} catch (error) {
  process.stderr.write(`\n${unexpectedProblem(error)}\n`);
  process.exit(1);
}
