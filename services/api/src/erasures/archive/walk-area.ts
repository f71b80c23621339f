import { hourPrefix, parseObjectKey, type StoredObject } from '@weir/archive';
import { type EraseDeps, type PassJob, PassOver } from '../cohort/erase-deps.ts';
import { ArchiveObjectEraser } from './erase-archive-object.ts';
import { eraseFailedBatch } from './erase-failed-batch.ts';
import { eraseQuarantineLines } from './erase-quarantine-lines.ts';
import { type ObjectRewrite, rewriteObject } from './rewrite-object.ts';

/** The parts of the archive's bucket, in the order in which a pass walks through them. */
export const AREAS = ['events/', 'quarantine/', 'aws/lambda/'] as const;
export type Area = (typeof AREAS)[number];

/** The receipt's place of each area. */
export const PLACE_OF_AREA = {
  'events/': 'archive',
  'quarantine/': 'quarantine',
  'aws/lambda/': 'on-failure',
} as const;

/** How far a walk came. */
export interface WalkResult {
  readonly isOver: boolean;
  /** The last object that was done; undefined before the first. */
  readonly after: string | undefined;
  /** The earliest hour with an object that has to be looked for again. */
  readonly waitingHour: number | undefined;
  /** What kept it from going on, and in which hour. */
  readonly failure: { readonly error: unknown; readonly hour: number | undefined } | undefined;
}

/** The part of an area that is walked through at once. */
interface WalkPart {
  readonly area: Area;
  /** The last object that is done already. */
  readonly after: string | undefined;
  readonly deadline: number;
}

/**
 * Walks through an area in order of names until it ends, the time is over or an object fails, but by one object at least.
 * What Lambda gave up is not kept by hours, and walked through whole.
 */
export async function walkArea(
  deps: EraseDeps,
  job: PassJob,
  { area, after, deadline }: WalkPart,
): Promise<WalkResult> {
  const { cohort } = job;
  const { fromHour, toHour } = cohort.hours;
  const result = { after, waitingHour: undefined as number | undefined, failure: undefined };
  if (area !== 'events/' && cohort.erased.size === 0) return { ...result, isOver: true };
  const visit = visitorOf(deps, job, area);
  let hour: number | undefined;
  try {
    for await (const object of deps.objects.list(area, after ?? firstAfter(area, fromHour))) {
      hour = parseObjectKey(object.key)?.hour;
      if ((hour ?? 0) > toHour) break;
      if (await visit(object)) result.waitingHour = earlier(result.waitingHour, hour);
      result.after = object.key;
      if (deps.now() >= deadline) return { ...result, isOver: false };
      hour = undefined;
    }
    return { ...result, isOver: true };
  } catch (error) {
    if (error instanceof PassOver) throw error;
    return { ...result, isOver: false, failure: { error, hour } };
  }
}

/** The earlier of two hours, or the one that there is. */
export function earlier(one: number | undefined, other: number | undefined): number | undefined {
  return one === undefined || other === undefined ? (one ?? other) : Math.min(one, other);
}

function firstAfter(area: Area, hour: number): string | undefined {
  if (area === 'aws/lambda/' || hour <= 0) return undefined;
  return hourPrefix(area === 'events/' ? 'events' : 'quarantine', hour);
}

type Visit = (object: StoredObject) => Promise<boolean>;

function visitorOf(deps: EraseDeps, job: PassJob, area: Area): Visit {
  if (area === 'events/') {
    const eraser = new ArchiveObjectEraser(deps, job);
    return (object) => eraser.erase(object);
  }
  return async ({ key }) => {
    const hour = parseObjectKey(key)?.hour;
    // What somebody else put beside it is not ours.
    const isTheirs = area === 'aws/lambda/' || (hour !== undefined && job.cohort.erasesIn(hour));
    if (isTheirs) await rewriteObject(deps, job, rewriteOf(deps, job, { area, key }));
    return false;
  };
}

interface AreaObject {
  readonly area: Area;
  readonly key: string;
}

function rewriteOf({ log }: EraseDeps, { cohort }: PassJob, { area, key }: AreaObject): ObjectRewrite {
  if (area === 'quarantine/') {
    return { key, place: PLACE_OF_AREA[area], rewrite: (bytes) => eraseQuarantineLines(bytes, cohort.erased) };
  }
  return {
    key,
    place: PLACE_OF_AREA[area],
    rewrite: (bytes) => {
      try {
        return eraseFailedBatch(bytes, cohort.erased);
      } catch (error) {
        // Whoever put it there knows what it is: an erasure that fails for it would never end.
        log.error('An object is no batch that Lambda gave up', { key, error });
        return undefined;
      }
    },
  };
}
