import type { Cell } from '../cells/cells.ts';

/** The cells of one action, by the stream that they came from. */
export interface ActionCells {
  readonly action: string;
  readonly cells: readonly (readonly Cell[])[];
}

/** Goes through streams in order of their actions, one action at a time; `actions` (in order) come even without cells. */
export async function* byAction(
  streams: readonly AsyncIterable<Cell>[],
  actions: readonly string[],
): AsyncGenerator<ActionCells> {
  const cursors = await Promise.all(streams.map(openCursor));
  let named = 0;
  for (;;) {
    const next = [actions[named], ...cursors.map(({ head }) => head?.action)].filter((action) => action !== undefined);
    if (next.length === 0) return;
    const action = next.sort()[0] ?? '';
    if (actions[named] === action) named++;
    const cells: Cell[][] = [];
    for (const cursor of cursors) cells.push(await takeAction(cursor, action));
    yield { action, cells };
  }
}

interface Cursor {
  readonly cells: AsyncIterator<Cell>;
  head: Cell | undefined;
}

async function openCursor(stream: AsyncIterable<Cell>): Promise<Cursor> {
  const cells = stream[Symbol.asyncIterator]();
  return { cells, head: await nextOf(cells) };
}

async function takeAction(cursor: Cursor, action: string): Promise<Cell[]> {
  const taken: Cell[] = [];
  while (cursor.head?.action === action) {
    taken.push(cursor.head);
    cursor.head = await nextOf(cursor.cells);
  }
  return taken;
}

async function nextOf(cells: AsyncIterator<Cell>): Promise<Cell | undefined> {
  const { done, value } = await cells.next();
  return done ? undefined : value;
}
