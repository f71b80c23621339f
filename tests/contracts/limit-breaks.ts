import type { Pair } from './schemas/schema-breaks.ts';

type Limits = Readonly<Record<string, number>>;

/** Limits that are new, or narrower than they were. */
export function limitBreaks({ base, head }: Pair<Limits>, isNarrower: (was: number, is: number) => boolean): string[] {
  const narrower = Object.entries(head).filter(([name, is]) => base[name] === undefined || isNarrower(base[name], is));
  return narrower.map(([name, is]) => `${name}: was ${base[name] ?? 'not limited'}, and is ${is}`);
}

/** Sizes of what somebody gets that are larger than they were, or limited no longer. */
export function sizeBreaks({ base, head }: Pair<Limits>): string[] {
  const larger = Object.entries(base).filter(([name, was]) => head[name] === undefined || head[name] > was);
  return larger.map(([name, was]) => `${name}: was ${was}, and is ${head[name] ?? 'not limited'}`);
}
