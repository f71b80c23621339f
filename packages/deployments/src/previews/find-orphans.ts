import { previewIn } from './preview-stage.ts';

/** Something in an account, such as a stack or a log group. */
export interface Named {
  readonly kind: string;
  readonly name: string;
}

/** A preview that nobody needs, and what carries its name. */
export interface Orphan {
  readonly stage: string;
  readonly number: number;
  readonly named: readonly Named[];
}

export interface OrphanOptions {
  /** The numbers of the pull requests that are to have a preview. */
  readonly wanted: ReadonlySet<number>;
  readonly repositoryId: string;
}

/** The previews of a repository that no pull request is to have. What belongs to no preview of it is left alone. */
export function findOrphans(named: readonly Named[], { wanted, repositoryId }: OrphanOptions): readonly Orphan[] {
  const found = named.flatMap((one) => {
    const preview = previewIn(one.name, repositoryId);
    return preview === undefined || wanted.has(preview.number) ? [] : [{ ...preview, one }];
  });
  const byNumber = Map.groupBy(found, ({ number }) => number);
  return [...byNumber]
    .sort(([a], [b]) => a - b)
    .map(([number, of]) => ({ number, stage: of[0]?.stage ?? '', named: of.map(({ one }) => one) }));
}
