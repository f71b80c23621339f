import { OTHER_ACTION } from '@weir/aggregates';
import type { ActionSlots } from '@weir/dynamodb';

/** The actions that a stage counts under their own names. */
export interface AdmittedActions {
  /** Admits or refuses each action; call it before `nameFor`. */
  admit(actions: Iterable<string>): Promise<void>;
  /** The name under which an action is counted. */
  nameFor(action: string): string;
}

/**
 * Admits actions by one conditional write for each slot, as entry numbers are taken in a log. If another instance has
 * taken the slot first, this one reads which action took it. So all instances agree, and never admit more than the
 * limit.
 */
export function createAdmittedActions({
  slots,
  maxActions,
}: {
  slots: ActionSlots;
  maxActions: number;
}): AdmittedActions {
  const admitted = new Set<string>();
  let refused = new Set<string>();
  let filled = 0;

  async function catchUp(): Promise<void> {
    const fresh = await slots.readSlots(filled - 1);
    filled += fresh.length;
    for (const action of fresh) admitted.add(action);
  }

  async function admitOne(action: string): Promise<void> {
    while (!admitted.has(action) && filled < maxActions) {
      if (await slots.takeSlot(filled, action)) {
        filled++;
        admitted.add(action);
      } else {
        await catchUp();
      }
    }
    if (admitted.has(action)) return;
    // A faulty producer may send new names without end. So not all refused names are remembered.
    if (refused.size >= maxActions) refused = new Set();
    refused.add(action);
  }

  return {
    async admit(actions) {
      const unknown = new Set([...actions].filter((action) => !admitted.has(action) && !refused.has(action)));
      if (unknown.size === 0) return;
      if (filled < maxActions) await catchUp();
      for (const action of unknown) await admitOne(action);
    },
    nameFor: (action) => (admitted.has(action) ? action : OTHER_ACTION),
  };
}
