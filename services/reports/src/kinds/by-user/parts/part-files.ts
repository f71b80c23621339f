import type { ObjectStore } from '@weir/archive';
import type { ArchivePiece } from '@weir/archive/reading';

type Files = Pick<ObjectStore, 'create' | 'find' | 'put'>;

/** What the map part `part` wrote. */
export interface MapIndex {
  /** The object with the records in order; undefined if there are none. */
  readonly key: string | undefined;
  /** Where each hash range ends in the object, in bytes. */
  readonly ends: readonly number[];
  readonly erasedEvents: number;
}

/** What a reduce part wrote. */
export interface ReducedRange<Part> {
  readonly result: Part;
  /** Of all map parts, in the first range; 0 in the others. */
  readonly erasedEvents: number;
}

/** The objects of a job in its folder, but for the records. */
export interface PartFiles<Plan, Part> {
  putPlan(plan: Plan): Promise<void>;
  plan(): Promise<Plan>;
  putPieces(part: number, pieces: readonly ArchivePiece[]): Promise<void>;
  pieces(part: number): Promise<readonly ArchivePiece[]>;
  /** The first that is created is the part. */
  createIndex(part: number, index: MapIndex): Promise<void>;
  findIndex(part: number): Promise<MapIndex | undefined>;
  createRange(range: number, reduced: ReducedRange<Part>): Promise<void>;
  findRange(range: number): Promise<ReducedRange<Part> | undefined>;
  /** Names the records of a map part by their bytes: two attempts of a part may have read different lines. */
  recordsKey(part: number, sha256: string): string;
}

export function openPartFiles<Plan, Part>(files: Files, folder: string): PartFiles<Plan, Part> {
  const key = (name: string) => `${folder}${name}.json`;
  const find = async <T>(name: string) => {
    const found = await files.find(key(name));
    return found && (JSON.parse(Buffer.from(found.bytes).toString()) as T);
  };
  const read = async <T>(name: string) => {
    const found = await find<T>(name);
    if (found === undefined) throw new Error(`there is no ${key(name)}`);
    return found;
  };
  const bytesOf = (value: unknown) => Buffer.from(JSON.stringify(value));
  const create = async (name: string, value: unknown) => {
    await files.create(key(name), bytesOf(value));
  };
  return {
    putPlan: (plan) => files.put(key('plan'), bytesOf({ plan })),
    plan: async () => (await read<{ plan: Plan }>('plan')).plan,
    putPieces: (part, pieces) => files.put(key(`pieces/${part}`), bytesOf(pieces)),
    pieces: (part) => read(`pieces/${part}`),
    createIndex: (part, index) => create(`mapped/${part}`, index),
    findIndex: (part) => find(`mapped/${part}`),
    createRange: (range, reduced) => create(`reduced/${range}`, reduced),
    findRange: (range) => find(`reduced/${range}`),
    recordsKey: (part, sha256) => `${folder}mapped/${part}-${sha256.slice(0, 32)}`,
  };
}
