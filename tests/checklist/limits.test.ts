import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { functionKey } from '../packaged/unpack-functions.ts';
import {
  type Properties,
  permittedFunction,
  resourcesOf,
  type Template,
  target,
  tasksOf,
} from '../templates/template.ts';
import { breakService, checkedTemplates, type Finding, type Templates } from './checked-templates.ts';

/** API Gateway gives up after 29 s: a later answer of a function is lost. */
const GATEWAY_TIMEOUT_SECONDS = 29;
/** "Using Lambda with Amazon SQS": at least so many time-outs of its function. */
const VISIBILITY_TIMEOUTS = 6;
/** Work that can wait, and that nobody may pile up in front of `consume` and `authorize`. */
const CAPPED = ['api/erase', 'api/thumbnail', 'reports/audit', 'reports/work'];

const PAGE = readFileSync(join(import.meta.dirname, '../../docs/functions.md'), 'utf8');

interface Limits {
  readonly timeout: number;
  readonly memory: number;
  /** How many calls the function reserves. */
  readonly cap: number | undefined;
}

/** Every limit is chosen, is in docs/functions.md with its reason, and fits to those around it. */
function checkLimits(templates: Templates, page: string): Finding[] {
  const documented = limitsInPage(page);
  const findings = Object.entries(templates).flatMap(([service, template]) => {
    const problems = [
      ...documentProblems(service, template, documented),
      ...gatewayProblems(template),
      ...visibilityProblems(template),
      ...taskProblems(template),
    ];
    return problems.map((finding) => ({ service, ...finding }));
  });
  const there = Object.entries(templates).flatMap(([service, template]) =>
    functionsOf(template).map(([id]) => `${service}/${functionKey(id)}`),
  );
  const gone = [...documented.keys()].filter((key) => !there.includes(key));
  return [...findings, ...gone.map((place) => ({ service: 'docs', place, problem: 'there is no such function' }))];
}

/** The rows of the page, by `<service>/<function>`. */
function limitsInPage(page: string): ReadonlyMap<string, Limits> {
  const sections = page.split(/^## /m).map((section) => [section.split('\n', 1)[0] ?? '', section] as const);
  return new Map(
    sections.flatMap(([service, section]) =>
      [...section.matchAll(/^\| `(\w+)` \| (\d+) \| (\d+) \| (?:\*\*(\d+)\*\*)?.+? \| .+ \|$/gm)].map(
        ([, key, timeout, memory, cap]) => [
          `${service}/${key}`,
          { timeout: Number(timeout), memory: Number(memory), cap: cap === undefined ? undefined : Number(cap) },
        ],
      ),
    ),
  );
}

type Place = Omit<Finding, 'service'>;

function functionsOf(template: Template): (readonly [string, Properties])[] {
  return resourcesOf(template, 'AWS::Lambda::Function').map(([id, { Properties }]) => [id, Properties]);
}

function documentProblems(service: string, template: Template, documented: ReadonlyMap<string, Limits>): Place[] {
  return functionsOf(template).flatMap(([place, { Timeout, MemorySize, ReservedConcurrentExecutions: reserved }]) => {
    const key = `${service}/${functionKey(place)}`;
    const row = documented.get(key);
    if (row === undefined) return [{ place, problem: 'docs/functions.md has no row for it' }];
    const isSame = row.timeout === Timeout && row.memory === MemorySize && row.cap === reserved;
    return [
      ...(isSame ? [] : [{ place, problem: `docs/functions.md says ${JSON.stringify(row)}` }]),
      ...(CAPPED.includes(key) && reserved === undefined ? [{ place, problem: 'nothing caps its calls' }] : []),
    ];
  });
}

function gatewayProblems(template: Template): Place[] {
  const asked = resourcesOf(template, 'AWS::Lambda::Permission')
    .filter(([, { Properties }]) => Properties.Principal === 'apigateway.amazonaws.com')
    .map(([, { Properties }]) => permittedFunction(template, Properties));
  return functionsOf(template)
    .filter(([id, { Timeout }]) => asked.includes(id) && Number(Timeout) >= GATEWAY_TIMEOUT_SECONDS)
    .map(([place]) => ({ place, problem: 'API Gateway gives up before it ends' }));
}

function visibilityProblems(template: Template): Place[] {
  const functions = new Map(functionsOf(template));
  const mappings = resourcesOf(template, 'AWS::Lambda::EventSourceMapping').map(([, { Properties }]) => Properties);
  return resourcesOf(template, 'AWS::SQS::Queue').flatMap(([place, { Properties }]) => {
    const readers = mappings.filter(({ EventSourceArn }) => target(EventSourceArn) === place);
    const timeouts = readers.map(({ FunctionName }) => Number(functions.get(target(FunctionName) ?? '')?.Timeout));
    const least = VISIBILITY_TIMEOUTS * Math.max(0, ...timeouts);
    if (readers.length === 0 || Number(Properties.VisibilityTimeout) >= least) return [];
    return [{ place, problem: `a message comes again before ${least} s are over` }];
  });
}

function taskProblems(template: Template): Place[] {
  const functions = new Map(functionsOf(template));
  return tasksOf(template)
    .filter(({ functionId, timeoutSeconds = 0 }) => timeoutSeconds <= Number(functions.get(functionId ?? '')?.Timeout))
    .map(({ name }) => ({ place: name, problem: 'the task ends before its function' }));
}

describe('the checklist: time-out, memory, concurrency', () => {
  it('holds in every service', () => {
    expect(checkLimits(checkedTemplates(), PAGE)).to.deep.equal([]);
  });

  it('finds limits that do not fit to each other, or are in no row of the page', () => {
    const broken = breakService(checkedTemplates(), 'api', (resources) => {
      if (resources.KeysLambdaFunction) resources.KeysLambdaFunction.Properties.Timeout = 29;
      if (resources.EraseLambdaFunction) delete resources.EraseLambdaFunction.Properties.ReservedConcurrentExecutions;
      const [work] = Object.values(resources.ErasureMachine?.Properties.Definition.States) as {
        TimeoutSeconds?: number;
      }[];
      if (work?.TimeoutSeconds) work.TimeoutSeconds = 900;
    });
    const page = PAGE.replace(/^\| `meta`.*\n/m, '').replace('| `mail` |', '| `post` |');
    const findings = checkLimits(broken, page).map(({ place, problem }) => `${place}: ${problem}`);
    expect(findings).to.include.members([
      'KeysLambdaFunction: docs/functions.md says {"timeout":15,"memory":512}',
      'KeysLambdaFunction: API Gateway gives up before it ends',
      'EraseLambdaFunction: nothing caps its calls',
      'MetaLambdaFunction: docs/functions.md has no row for it',
      'notifications/post: there is no such function',
    ]);
  });

  it('finds a queue whose messages come again while they are worked on', () => {
    const broken = breakService(checkedTemplates(), 'reports', (resources) => {
      if (resources.ReportPartsQueue) resources.ReportPartsQueue.Properties.VisibilityTimeout = 1799;
    });
    expect(checkLimits(broken, PAGE)).to.deep.equal([
      { service: 'reports', place: 'ReportPartsQueue', problem: 'a message comes again before 1800 s are over' },
    ]);
  });
});
