import { expect } from 'chai';
import { checkedTemplates, type Templates } from './checked-templates.ts';
import { type DashboardMetric, dashboardMetrics } from './dashboards/dashboard-metrics.ts';
import { metricProblem } from './dashboards/metric-problem.ts';

/** What the dashboard of the whole shows, each as words in the title of a graph. */
const WHOLE = ['In', 'Counted', 'Quarantined', 'Duplicates', 'Lag', 'Drift', 'Errors', 'Cost'];

describe('the dashboards', () => {
  let templates: Templates;
  let metrics: readonly DashboardMetric[];

  before(() => {
    templates = checkedTemplates();
    metrics = dashboardMetrics(templates);
  });

  it('are one for each service and one for the whole', () => {
    const names = new Set(metrics.map(({ dashboard }) => dashboard));
    const services = Object.keys(templates).map((service) => `weir-${service}-production`);
    expect([...names]).to.have.members([...services, 'weir-production']);
  });

  it('show of the whole: in, counted, quarantined, duplicates, lag, drift, errors, cost', () => {
    const titles = metrics.filter(({ dashboard }) => dashboard === 'weir-production').map(({ title }) => title);
    for (const word of WHOLE) {
      expect(
        titles.some((title) => title.startsWith(word)),
        word,
      ).to.equal(true);
    }
  });

  it('name only metrics that our code or AWS sends', () => {
    const problems = metrics.map((metric) => metricProblem(templates, metric)).filter(Boolean);
    expect(problems).to.deep.equal([]);
    expect(metrics).to.have.length.above(50);
  });

  it('are found with a metric that nobody sends', () => {
    const of = { dashboard: 'weir-production', title: 'Lag' };
    const ours = { service: 'weir-api', stage: 'production' };
    for (const [wrong, problem] of [
      [{ namespace: 'Weir', name: 'EventsEaten', dimensions: ours }, /no code of api counts EventsEaten/],
      [{ namespace: 'Weir', name: 'AuditDrift', dimensions: ours }, /no code of api counts AuditDrift/],
      [
        { namespace: 'AWS/Lambda', name: 'Errors', dimensions: { FunctionName: 'weir-api-production-ask' } },
        /no template has weir-api-production-ask/,
      ],
      [{ namespace: 'AWS/Lambda', name: 'Failures', dimensions: {} }, /AWS\/Lambda sends no Failures/],
    ] as const) {
      expect(metricProblem(templates, { ...of, ...wrong })).to.match(problem);
    }
  });
});
