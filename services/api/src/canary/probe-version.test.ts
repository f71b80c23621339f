import { readFileSync } from 'node:fs';
import { silentLog } from '@weir/logging';
import { expect } from 'chai';
import { load, YAML11_SCHEMA } from 'js-yaml';
import { createProbeVersion, type ProbeDeps } from './probe-version.ts';
import { PROBES } from './probes.ts';
import { readTarget } from './read-target.ts';

const EVENT = { DeploymentId: 'd-1', LifecycleEventHookExecutionId: 'e-1' };
const PROPERTIES = { Name: 'weir-api-staging-metrics', Alias: 'live', CurrentVersion: '3', TargetVersion: '4' };
const APP_SPEC = JSON.stringify({
  version: 0,
  Resources: [{ metrics: { Type: 'AWS::Lambda::Function', Properties: PROPERTIES } }],
  Hooks: [{ BeforeAllowTraffic: 'weir-api-staging-probe' }],
});

/** Answers with a list, and refuses a cursor that it has not signed. */
function works({ queryStringParameters: query }: { readonly queryStringParameters: { readonly cursor?: string } }) {
  return { statusCode: query.cursor === undefined ? 200 : 400 };
}

describe('probing a new version', () => {
  /** What is reported for a version that answers so. */
  async function reported(answer: unknown, deps: Partial<ProbeDeps> = {}) {
    const calls: unknown[] = [];
    const reports: unknown[] = [];
    await createProbeVersion({
      readAppSpec: async () => APP_SPEC,
      invoke: async (target, event) => {
        calls.push(target);
        return typeof answer === 'function' ? answer(event) : answer;
      },
      report: async (event, status) => void reports.push([event, status]),
      namePrefix: 'weir-api-staging-',
      log: silentLog,
      budgetMs: 20,
      ...deps,
    })(EVENT);
    return { calls, reports };
  }

  it('invokes that very version with each of its probes, and reports that it works', async () => {
    const target = { functionName: 'weir-api-staging-metrics', version: '4' };
    expect(await reported(works)).to.deep.equal({ calls: [target, target], reports: [[EVENT, 'Succeeded']] });
  });

  it('reports a failure if one of them gets a wrong answer', async () => {
    const { calls, reports } = await reported({ statusCode: 200 });
    expect(calls).to.have.length(2);
    expect(reports).to.deep.equal([[EVENT, 'Failed']]);
  });

  for (const answer of [{ statusCode: 500 }, { statusCode: 403 }, null, 'ok']) {
    it(`reports a failure for the answer ${JSON.stringify(answer)}`, async () => {
      expect((await reported(answer)).reports).to.deep.equal([[EVENT, 'Failed']]);
    });
  }

  it('reports a failure, and never nothing, if a step of its own fails', async () => {
    const fails = () => Promise.reject(new Error('no'));
    const steps: Partial<ProbeDeps>[] = [
      { readAppSpec: fails },
      { readAppSpec: async () => '{}' },
      { invoke: fails },
      { invoke: () => new Promise(() => undefined) },
      { namePrefix: 'weir-api-production-' },
      { readAppSpec: async () => APP_SPEC.replace('-metrics"', '-toString"') },
    ];
    for (const step of steps) expect((await reported(works, step)).reports).to.deep.equal([[EVENT, 'Failed']]);
  });

  it('makes no report of a report that fails: Lambda tries the hook again', async () => {
    const report = () => Promise.reject(new Error('throttled'));
    const error = await reported(works, { report }).catch((caught: Error) => caught.message);
    expect(error).to.equal('throttled');
  });

  it('reads the target in JSON and in YAML, and takes no other number for it', () => {
    const yaml = `
version: 0.0
Resources:
  - metrics:
      Type: AWS::Lambda::Function
      Properties:
        Name: "weir-api-staging-metrics"
        Alias: live
        CurrentVersion: 3
        TargetVersion: 4`;
    const target = { functionName: 'weir-api-staging-metrics', version: '4' };
    expect(readTarget(yaml)).to.deep.equal(target);
    expect(readTarget(JSON.stringify(JSON.parse(APP_SPEC), null, 2))).to.deep.equal(target);
    expect(() => readTarget(APP_SPEC.replace('"4"', '"$LATEST"'))).to.throw(/no function with a version/);
  });

  it('knows each function of the canary', () => {
    const yml = readFileSync(new URL('../../serverless.yml', import.meta.url), 'utf8');
    const { custom } = load(yml, { schema: YAML11_SCHEMA }) as { custom: { canary: { functions: string[] } } };
    expect(Object.keys(PROBES)).to.have.members(custom.canary.functions);
  });
});
