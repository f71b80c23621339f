import { hourPrefix, parseObjectKey, type StoredObject } from '@weir/archive';
import { type EraseDeps, type PassJob, PassOver } from '../cohort/erase-deps.ts';
import { ArchiveObjectEraser } from './erase-archive-object.ts';
import { eraseFailedBatch } from './erase-failed-batch.ts';
import { eraseQuarantineLines } from './erase-quarantine-lines.ts';
import { type ObjectRewrite, rewriteObject } from './rewrite-object.ts';

/** The parts of the archive bucket, in the order in which a pass walks over them. */
export const AREAS = ['events/', 'quarantine/', 'aws/lambda/'] as const;
export type Area = (typeof AREAS)[number];

/** The name of each area in the receipt. */
export const PLACE_OF_AREA = {
  'events/': 'archive',
  'quarantine/': 'quarantine',
  'aws/lambda/': 'on-failure',
} as const;

/** The progress of a walk. */
export interface WalkResult {
  readonly isOver: boolean;
  /** The last processed object; undefined before the first. */
  readonly after: string | undefined;
  /** The earliest hour with an object that a later pass must process again. */
  readonly waitingHour: number | undefined;
  /** The error that stopped the walk, and the hour in which it happened. */
  readonly failure: { readonly error: unknown; readonly hour: number | undefined } | undefined;
}

/** The part of an area for one walk. */
interface WalkPart {
  readonly area: Area;
  /** The last object that an earlier walk processed. */
  readonly after: string | undefined;
  readonly deadline: number;
}

/**
 * Walks over an area in order of names, until the area ends, the time is over or an object fails, but over at least one
 * object. The batches that Lambda stopped retrying are not stored by hour, so all of them are processed.
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

/** The earlier of two hours, or the only one. */
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
    // An object that another program put beside ours is ignored.
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
        // The operator who put it there knows its content. If the erasure failed because of it, the erasure would never
        // end.
        log.error('An object under aws/lambda/ is not a batch that Lambda wrote', { key, error });
        return undefined;
      }
    },
  };
}
