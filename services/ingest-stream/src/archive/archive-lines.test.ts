import type { DecodedEvent, Refusal } from '@weir/events';
import { expect } from 'chai';
import { ArchiveLines, quarantineLine } from './archive-lines.ts';
import { LineBuffer } from './line-buffer.ts';
import type { ArchiveOutcome } from './line-head.ts';

const SHARD_ID = 'shardId-000000000003';
const START = 1_764_000_000_000;
const NEVER_TOLD = { record: 99, index: 0, arrival: START, text: '{}' };

describe('ArchiveLines', () => {
  it('writes position, arrival and outcome of each event, and its own text', () => {
    const lines = [
      { record: 7, index: 0, arrival: START, outcome: 'counted', text: '{"action":"a" }' },
      { record: 7, index: 1, arrival: START, outcome: 'duplicate', text: '{"userId":"ü€😀"}' },
      { record: 8, index: 0, arrival: START + 9, outcome: 'other', text: '{}' },
      { record: 9, index: 0, arrival: START + 999, outcome: 'counted', text: '{}' },
      { record: 9, index: 12, arrival: START + 1000, outcome: 'counted', text: '{}' },
      { record: 10, index: 12, arrival: START - 1, outcome: 'counted', text: '{}' },
      { record: 10, index: 99, arrival: START - 1, outcome: 'counted', text: '{}' },
      { record: 11, index: 100, arrival: START - 1, outcome: 'counted', text: '{}' },
      { record: 11, index: 29_999, arrival: START - 1, outcome: 'counted', text: '{}' },
      { record: 12, index: 9, arrival: START + 70, outcome: 'counted', text: '{}' },
    ] as const;
    const written = linesOf(lines.map(({ outcome, ...event }) => [eventAt(event), outcome] as const));
    expect(written).to.deep.equal(
      lines.map(
        ({ record, index, arrival, outcome, text }) =>
          `{"at":"${SHARD_ID}:${sequenceNumber(record)}:${index}","arrival":${arrival},"outcome":"${outcome}","event":${text}}`,
      ),
    );
  });
});

describe('quarantineLine', () => {
  it('keeps every byte of the data, and no half of a surrogate pair that the detail quotes', () => {
    const data = Uint8Array.of(0xed, 0xa0, 0x80);
    const detail = `Unexpected token '\ud83d', ..."\ude00 x" is not valid JSON`;
    const refusal: Refusal = {
      ...{ kind: 'refusal', sequenceNumber: '1', index: 0, arrival: 1, reason: 'not-json' },
      ...{ detail, data },
    };
    const line = quarantineLine('shardId-000000000000', refusal);
    expect(line).to.not.match(/\\ud[89a-f]/);
    const read = JSON.parse(line) as { detail: string; data: string };
    expect(read.detail).to.equal(`Unexpected token '\ufffd', ..."\ufffd x" is not valid JSON`);
    expect(Buffer.from(read.data, 'base64').equals(data)).to.equal(true);
  });
});

function linesOf(events: readonly (readonly [DecodedEvent, ArchiveOutcome])[]): string[] {
  const refusal: Refusal = {
    ...{ kind: 'refusal', sequenceNumber: '1', index: 0, arrival: 1, reason: 'not-json' },
    ...{ detail: 'no line', data: Uint8Array.of() },
  };
  const lines = new ArchiveLines(SHARD_ID, [refusal, ...events.map(([event]) => event), eventAt(NEVER_TOLD)]);
  lines.skip();
  for (const [, outcome] of events) lines.add(outcome);
  expect(lines).to.have.lengthOf(events.length);
  const out = new LineBuffer();
  lines.writeTo(out);
  const texts = Buffer.from(out.view()).toString().split('\n');
  expect(texts.pop(), 'after the last newline').to.equal('');
  return texts;
}

function eventAt({ record, index, arrival, text }: { record: number; index: number; arrival: number; text: string }) {
  const bytes = Buffer.from(`,${text},`);
  return {
    kind: 'event',
    sequenceNumber: sequenceNumber(record),
    index,
    arrival,
    id: undefined,
    userId: 'u',
    action: 'a',
    timestamp: arrival,
    value: 0,
    bytes,
    start: 1,
    end: bytes.length - 1,
  } satisfies DecodedEvent;
}

function sequenceNumber(record: number): string {
  return String(record).padStart(56, '0');
}
