import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ArchiveReader } from '@weir/archive/reading';
import { type ByUserDeps, createByUserKind } from '@weir/reports/src/kinds/by-user/by-user-kind.ts';
import { resultFiles } from '@weir/reports/src/kinds/by-user/testing/result-files.ts';
import { createFunnelMethod } from '@weir/reports/src/kinds/funnel/funnel-method.ts';
import { memoryInUse } from '../measure/memory.ts';
import { openFileObjects } from './file-objects.ts';
import { ACTIONS, endOf, type LinesOf, openUserLines, type Spread } from './user-lines.ts';

// Runs all parts of a funnel, one after the other, in a process of its own, and prints what they took. With `collected`
// it collects garbage all the time, and prints the most memory that was in use after it.

const FOLDER = 'jobs/funnel/cut/';

const BLOCKS_BETWEEN_LOOKS = 100;

const [spread = 'even', events = '0', pieces = '1', mode = 'plain'] = process.argv.slice(2);
let inUseBytes = 0;
let blocks = 0;
console.log(JSON.stringify(await run({ spread: spread as Spread, events: Number(events), pieces: Number(pieces) })));

async function run(lines: LinesOf) {
  const folder = await mkdtemp(join(tmpdir(), 'weir-by-user-'));
  try {
    const begun = performance.now();
    const kind = createByUserKind(
      watched(openUserLines(lines), openFileObjects(folder)),
      createFunnelMethod({ render: resultFiles }),
    );
    const question = {
      ...{ kind: 'funnel' as const, from: 0, to: endOf(lines.events), timeZone: 'UTC', actions: undefined },
      ...{ steps: ACTIONS, windowSeconds: 86_400 },
    };
    const { phases } = await kind.plan(question, FOLDER);
    const job = { id: 'funnel', question, folder: FOLDER, phases };
    for (let part = 0; part < phases.reduce((sum, parts) => sum + parts, 0); part++) await kind.run(job, part);
    for await (const _ of (await kind.assemble(job)).json);
    const seconds = (performance.now() - begun) / 1000;
    return { phases, seconds, peakBytes: process.resourceUsage().maxRSS * 1024, inUseBytes };
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Looks at the memory while lines and records are read. */
function watched(reader: ArchiveReader, files: ByUserDeps['files']): ByUserDeps {
  return {
    reader: {
      ...reader,
      async *readLines(piece) {
        for await (const lines of reader.readLines(piece)) {
          look();
          yield lines;
        }
      },
    },
    files: {
      ...files,
      getRange: (key, from, into) => {
        look();
        return files.getRange(key, from, into);
      },
    },
  };
}

function look(): void {
  if (mode === 'collected' && blocks++ % BLOCKS_BETWEEN_LOOKS === 0) inUseBytes = Math.max(inUseBytes, memoryInUse());
}
