import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { alarmsOf } from '../alarms/cloudwatch/alarm.ts';
import { packageService, serviceNames } from '../templates/package-service.ts';
import { resourcesOf, type Template } from '../templates/template.ts';

const PAGE = readFileSync(join(import.meta.dirname, '../../docs/stages.md'), 'utf8');
/** Dollars a month. */
const PRICES = { alarmMetric: 0.1, composite: 0.5, dashboard: 3 };
/** What an idle stage with one shard and 24 hours may cost. */
const MAX_IDLE_DOLLARS = 20;
const COLUMNS = ['dev', 'default', 'on demand'] as const;
/** A stage of each column; on demand, alarms are those of `default`. */
const STAGES = { dev: 'dev-anna', default: 'staging' } as const;

describe('what an idle stage costs, in docs/stages.md', () => {
  const rows = PAGE.slice(PAGE.indexOf('## What an idle stage costs'))
    .split('\n')
    .filter((line) => line.startsWith('| '));
  const table = rows.slice(1).map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.replaceAll('*', '').trim()),
  );
  const row = (name: string) => table.find(([title = '']) => title.startsWith(name)) ?? [];

  it('adds up in each column, and dev stays below its bound', () => {
    const last = table.findIndex(([title]) => title === '');
    for (const [i, column] of COLUMNS.entries()) {
      const sum = table.slice(0, last).reduce((all, cells) => all + Number(cells[i + 1]), 0);
      expect(Number(table[last]?.[i + 1]), column).to.be.closeTo(sum, 0.001);
    }
    expect(Number(table[last]?.[1])).to.be.below(MAX_IDLE_DOLLARS);
  });

  for (const [i, stage] of Object.values(STAGES).entries()) {
    it(`has the alarms, composite alarms and dashboards of the templates: ${stage}`, () => {
      const counts = countWatching(serviceNames().map((name) => packageService(name, stage).template));
      const cell = (name: string) => Number(row(name)[i + 1]);
      expect(cell('alarms')).to.be.closeTo(counts.metrics * PRICES.alarmMetric, 0.001);
      expect(cell('composite alarms')).to.equal(counts.composites * PRICES.composite);
      expect(cell('dashboards')).to.equal(counts.dashboards * PRICES.dashboard);
      expect(row('alarms')[0]).to.match(new RegExp(`\\b${counts.metrics}\\b`));
    });
  }
});

function countWatching(templates: readonly Template[]) {
  const counts = { metrics: 0, composites: 0, dashboards: 0 };
  for (const template of templates) {
    const exists = (id: string) => isMet(template, template.Resources[id]?.Condition);
    for (const { id, source } of alarmsOf(template)) if (exists(id)) counts.metrics += source.metrics.length;
    counts.composites += resourcesOf(template, 'AWS::CloudWatch::CompositeAlarm').filter(([id]) => exists(id)).length;
    counts.dashboards += resourcesOf(template, 'AWS::CloudWatch::Dashboard').filter(([id]) => exists(id)).length;
  }
  return counts;
}

/** Whether a stage has the resources of a condition. */
function isMet(template: Template, name: string | undefined): boolean {
  if (name === undefined) return true;
  const condition = template.Conditions?.[name];
  if (condition === undefined) throw new Error(`the template has no condition ${name}`);
  return evaluate(condition);
}

function evaluate(condition: unknown): boolean {
  const { 'Fn::Equals': equals, 'Fn::Not': not } = condition as { 'Fn::Equals'?: unknown[]; 'Fn::Not'?: unknown[] };
  if (equals) return equals[0] === equals[1];
  if (not) return !evaluate(not[0]);
  throw new Error(`${JSON.stringify(condition)} is not evaluated yet`);
}
