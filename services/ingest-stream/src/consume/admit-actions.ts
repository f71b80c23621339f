import type { ActionSlots } from '@weir/dynamodb';

/** Where events of actions past the limit are counted. */
export const OTHER_ACTION = '__other__';

/** The actions that a stage counts under their own names. */
export interface AdmittedActions {
  /** Makes sure that every action is decided; call before `nameFor`. */
  admit(actions: Iterable<string>): Promise<void>;
  /** The name an action is counted under. */
  nameFor(action: string): string;
}

/**
 * Admits actions as log numbers are taken: one conditional write a slot; whoever loses a slot reads what took it. So
 * no two instances disagree, and never more are admitted than the limit.
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
    // A careless producer may send names without end: what is refused need not all be remembered.
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
