import type { TemplateChange } from '../comparison/compare-templates.ts';
import type { Finding } from '../comparison/finding.ts';
import type { Resource } from '../comparison/template.ts';

/** A change of shards may at most double them, and at most halve them. */
const MOST_TIMES = 2;

/** What Kinesis does not do to a stream, or not at any time. */
export function* checkStreams({ kept }: TemplateChange): Iterable<Finding> {
  for (const [where, was, is] of kept) {
    if (is.Type !== 'AWS::Kinesis::Stream') continue;
    if (modeOf(was) !== modeOf(is)) {
      const message = `Kinesis changes the mode at most twice in 24 hours, and leaves the shards as they are${modeOf(is) === 'PROVISIONED' ? ': set ShardCount to as many as there are' : ''}`;
      yield { rule: 'stream-mode', where, effect: 'limited', message };
      continue;
    }
    const [old, made] = [shardsOf(was), shardsOf(is)];
    if (made > old * MOST_TIMES || made * MOST_TIMES < old) {
      const message = `an update at most doubles the shards, and at most halves them: from ${old} to ${made} takes several`;
      yield { rule: 'stream-shards', where, effect: 'refused', message };
    }
  }
}

function modeOf({ Properties = {} }: Resource): unknown {
  return (Properties.StreamModeDetails as { StreamMode?: unknown } | undefined)?.StreamMode ?? 'PROVISIONED';
}

/** A stream on demand has none of its own. */
function shardsOf({ Properties = {} }: Resource): number {
  return Number(Properties.ShardCount ?? 1);
}
