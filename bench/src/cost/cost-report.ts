import { figure, type Report, type Table } from '../report/table.ts';
import type { Counts } from './counts.ts';
import { costOfIdle } from './idle-stage.ts';
import { type CostLines, costOfMillion, type Traffic, totalOf } from './million-events.ts';
import { costOfKey } from './one-key.ts';
import { PRICES_OF } from './prices.ts';
import { costOfParameters } from './stage-parameters.ts';

const RATES = [10, 100, 1000, 10_000];
const WAYS: readonly (readonly [string, Traffic['eventsPerRequest']])[] = [
  ['One event a request', 1],
  ['A hundred events a request', 100],
  ['Straight onto the stream', undefined],
];

/** The blocks of docs/cost.md. */
export function costReports(counts: Counts): readonly Report[] {
  return [
    { part: 'million', tables: WAYS.map(([way, eventsPerRequest]) => millionTable(counts, way, eventsPerRequest)) },
    { part: 'key', tables: [keyTable(counts)] },
  ];
}

/** The block of docs/stages.md, and of docs/cost.md. */
export function idleReport(counts: Counts): Report {
  const { dev, production } = counts.stages;
  const onDemand = { ...production, shards: 0 };
  const stages = [dev, production, onDemand].map((stage) => costOfIdle(counts, stage));
  const title = `A month of an idle stage, in dollars (${PRICES_OF})`;
  const columns = ['', '`dev`, `pr`', '`production`', 'on demand'];
  return { part: 'idle', tables: [{ title, columns, rows: rowsOf(stages, 2) }] };
}

/** A block of docs/stages.md. */
export function parametersReport(counts: Counts): Report {
  const rows = costOfParameters(counts).map(({ parameter, of, dollars }) => [parameter, of, figure(dollars, 2)]);
  const title = `What only some stages have, in dollars (${PRICES_OF})`;
  return { part: 'parameters', tables: [{ title, columns: ['parameter', 'for', '$'], rows }] };
}

function millionTable(counts: Counts, way: string, eventsPerRequest: Traffic['eventsPerRequest']): Table {
  const rates = RATES.map((eventsPerSecond) => costOfMillion(counts, { eventsPerSecond, eventsPerRequest }));
  const title = `${way}: dollars for a million events (${PRICES_OF})`;
  const columns = ['', ...RATES.map((rate) => `${rate.toLocaleString('en-US')}/s`)];
  return { title, columns, rows: rowsOf(rates, 3) };
}

/** A line for each line of the bills, without those that are nothing in all of them, and their sum. */
function rowsOf(bills: readonly CostLines[], decimals: number): string[][] {
  const names = Object.keys(bills[0] ?? {}).filter((name) => bills.some((bill) => bill[name] !== 0));
  const row = (name: string) => [name, ...bills.map((bill) => figure(bill[name] ?? 0, decimals))];
  return [...names.map(row), ['**all**', ...bills.map((bill) => `**${figure(totalOf(bill), decimals)}**`)]];
}

function keyTable(counts: Counts): Table {
  const rows = costOfKey(counts).map(({ does, boundedBy, dollars }) => [does, boundedBy, figure(dollars, 2)]);
  const columns = ['somebody with the key', 'bounded by', '$'];
  return { title: `An hour of one key, in dollars at most (${PRICES_OF})`, columns, rows };
}
