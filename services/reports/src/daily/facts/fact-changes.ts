import { compareText } from '../compare-text.ts';
import type { DailyFacts, FactChange } from '../daily-report.ts';

type Values = Readonly<Record<string, unknown>>;

/** Lists of facts, and the field by which an element is recognised although its place has changed. */
const LISTS = { actions: 'action', hours: 'start', quarantine: 'reason' } as const;

/**
 * What differs between the facts of two revisions. A pointer names the element of the newer facts; for an element that
 * is gone, that of the older facts.
 */
export function factChanges(before: DailyFacts, after: DailyFacts): FactChange[] {
  const changes = [...valueChanges('/total', before.total, after.total)];
  for (const [list, key] of Object.entries(LISTS) as [keyof typeof LISTS, string][]) {
    changes.push(...listChanges(`/${list}`, key, { before: before[list], after: after[list] }));
  }
  return changes;
}

function listChanges(
  pointer: string,
  key: string,
  lists: { readonly before: readonly object[]; readonly after: readonly object[] },
): FactChange[] {
  const [before, after] = [byKey(lists.before, key), byKey(lists.after, key)];
  const names = [...new Set([...before.keys(), ...after.keys()])].sort(compareText);
  return names.flatMap((name) => {
    const [old, now] = [before.get(name), after.get(name)];
    const at = `${pointer}/${now?.index ?? old?.index}`;
    if (!old || !now) return [{ pointer: at, before: old?.value ?? null, after: now?.value ?? null }];
    return valueChanges(at, old.value, now.value);
  });
}

function byKey(list: readonly object[], key: string): Map<string, { readonly index: number; readonly value: Values }> {
  return new Map(list.map((element, index) => [String((element as Values)[key]), { index, value: element as Values }]));
}

function valueChanges(pointer: string, before: object, after: object): FactChange[] {
  const old = before as Values;
  return Object.entries(after).flatMap(([name, value]) =>
    old[name] === value ? [] : [{ pointer: `${pointer}/${name}`, before: old[name] ?? null, after: value }],
  );
}
