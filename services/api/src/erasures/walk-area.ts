import { hourPrefix, parseObjectKey } from '@weir/archive';
import { ArchiveObjectEraser, type Care } from './erase-archive-object.ts';
import type { EraseDeps, EraseJob } from './erase-deps.ts';
import { eraseFailedBatch } from './erase-failed-batch.ts';
import { eraseQuarantineLines } from './erase-quarantine-lines.ts';
import { type ObjectRewrite, rewriteObject } from './rewrite-object.ts';

const HOUR_MS = 3_600_000;

/** The parts of the archive's bucket, in the order in which a pass walks through them. */
export const AREAS = ['events/', 'quarantine/', 'aws/lambda/'] as const;
export type Area = (typeof AREAS)[number];

/** The receipt's place of each area. */
export const PLACE_OF_AREA = {
  'events/': 'archive',
  'quarantine/': 'quarantine',
  'aws/lambda/': 'on-failure',
} as const;

/** Which objects of an area are walked through. */
export interface WalkRange {
  readonly care: Care;
  /** Hours since the epoch; what Lambda gave up is not kept by hours, and walked through whole. */
  readonly fromHour: number;
  readonly toHour: number;
  /** The last object that was done; undefined before the first. */
  readonly after: string | undefined;
}

/** How far a walk came. */
export interface WalkResult {
  readonly isOver: boolean;
  readonly after: string | undefined;
  /** Objects that have to be looked for again. */
  readonly waiting: number;
}

/** Walks through an area in order of names until it ends or the time is over, but by one object at least. */
export async function walkArea(
  deps: EraseDeps,
  job: EraseJob,
  area: Area,
  { deadline, ...range }: WalkRange & { readonly deadline: number },
): Promise<WalkResult> {
  const visit = visitorOf(deps, job, area, range.care);
  let { after } = range;
  let waiting = 0;
  for await (const object of deps.objects.list(area, after ?? firstAfter(area, range.fromHour))) {
    if ((parseObjectKey(object.key)?.hour ?? 0) > range.toHour) break;
    if (await visit(object)) waiting++;
    after = object.key;
    if (deps.now() >= deadline) return { isOver: false, after, waiting };
  }
  return { isOver: true, after, waiting };
}

function firstAfter(area: Area, hour: number): string | undefined {
  if (area === 'aws/lambda/' || hour <= 0) return undefined;
  return hourPrefix(area === 'events/' ? 'events' : 'quarantine', hour);
}

type Visit = (object: { readonly key: string; readonly lastModified: number }) => Promise<boolean>;

function visitorOf(deps: EraseDeps, job: EraseJob, area: Area, care: Care): Visit {
  if (area === 'events/') {
    const eraser = new ArchiveObjectEraser(deps, job, care);
    return (object) => eraser.erase(object);
  }
  return async ({ key }) => {
    // What somebody else put beside it is not ours.
    const isOurs = area === 'aws/lambda/' || parseObjectKey(key) !== undefined;
    if (isOurs && care !== 'orphans') await rewriteObject(deps, job, rewriteOf(deps, job, area, key));
    return false;
  };
}

function rewriteOf({ log }: EraseDeps, { person }: EraseJob, area: Area, key: string): ObjectRewrite {
  if (area === 'quarantine/') {
    return { key, place: PLACE_OF_AREA[area], rewrite: (bytes) => eraseQuarantineLines(bytes, person) };
  }
  return {
    key,
    place: PLACE_OF_AREA[area],
    rewrite: (bytes) => {
      try {
        return eraseFailedBatch(bytes, person);
      } catch (error) {
        // Whoever put it there knows what it is: an erasure that fails for it would never end.
        log.error('an object is no batch that Lambda gave up', { key, error });
        return undefined;
      }
    },
  };
}

/** The hour of an arrival, counted since the epoch. */
export function hourOf(arrival: number): number {
  return Math.floor(arrival / HOUR_MS);
}
