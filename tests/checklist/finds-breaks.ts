import { expect } from 'chai';
import { type Breakable, breakService, type Finding, type Templates } from './checked-templates.ts';

/** The resources of one service, which a test breaks. */
export type Resources = Record<string, Breakable>;

/** A place, what is said of it, and the change of a service that breaks it so. */
export type Break = readonly [
  place: string,
  problem: RegExp,
  service: string,
  // Whatever it returns is left alone.
  change: (resources: Resources) => unknown,
];

/** A test for each break: the check names the place, and says what is wrong. */
export function findsBreaks(
  check: (templates: Templates) => readonly Finding[],
  templates: () => Templates,
  breaks: readonly Break[],
): void {
  for (const [place, problem, service, change] of breaks) {
    it(`finds a break: ${place} ${problem.source}`, () => {
      const found = check(breakService(templates(), service, (resources) => void change(resources)));
      const problems = found.filter((finding) => finding.place === place).map((finding) => finding.problem);
      expect(problems.join()).to.match(problem);
    });
  }
}
