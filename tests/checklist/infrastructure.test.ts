import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { resourcesOf, type Template } from '../templates/template.ts';
import { breakService, checkedTemplates, type Finding, type Templates } from './checked-templates.ts';

const ROOT = join(import.meta.dirname, '../..');
/** What is deployed is rehearsed, and goes forward and back, by these scripts and not by hand. */
const SCRIPTS = ['package', 'deploy-artifact', 'rehearse'];
/** The names of the stage's resources, in ARNs and by themselves: their last part is letters and dashes. */
const STAGE_NAMES = /weir-production-[a-z]+(?:-[a-z]+)*/g;

interface Package {
  readonly scripts: Readonly<Record<string, string>>;
}

/** Whatever a service needs is declared in a template of one of them: nothing is made by hand. */
function checkInfrastructure(templates: Templates, { scripts }: Package): Finding[] {
  const all = Object.values(templates);
  const names = new Set(all.flatMap(declaredNames));
  const parameters = new Set(
    all.flatMap((template) =>
      resourcesOf(template, 'AWS::SSM::Parameter').map(([, { Properties }]) => String(Properties.Name)),
    ),
  );
  const findings = Object.entries(templates).flatMap(([service, template]) => [
    ...usedNames(template)
      .filter((name) => !names.has(name))
      .map((place) => ({ service, place, problem: 'it is used, and no template declares it' })),
    ...Object.entries(template.Parameters ?? {})
      .filter(([, { Default }]) => !parameters.has(String(Default)))
      .map(([place]) => ({ service, place, problem: 'a deployment must be given it by hand' })),
    ...(parameters.has(`/weir/production/deployed/${service}`)
      ? []
      : [{ service, place: 'DeployedCommit', problem: 'its stack does not say from which commit it is' }]),
  ]);
  const missing = SCRIPTS.filter((script) => scripts[script] === undefined);
  return [
    ...findings,
    ...missing.map((place) => ({ service: 'package.json', place, problem: 'there is no such script' })),
  ];
}

/** The values of `TableName`, `Name` and the like. */
function declaredNames({ Resources }: Template): string[] {
  return Object.values(Resources).flatMap(({ Properties = {} }) =>
    Object.entries(Properties)
      .filter(([property]) => property.endsWith('Name'))
      .flatMap(([, value]) => JSON.stringify(value).match(STAGE_NAMES) ?? []),
  );
}

function usedNames({ Resources }: Template): string[] {
  return [...new Set(JSON.stringify(Resources).match(STAGE_NAMES))];
}

describe('the checklist: infrastructure as code', () => {
  const own = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as Package;

  it('holds in every service', () => {
    expect(checkInfrastructure(checkedTemplates(), own)).to.deep.equal([]);
  });

  it('finds what somebody would have to make by hand', () => {
    const broken = breakService(checkedTemplates(), 'ingest-stream', (resources) => {
      delete resources.MetricsTable;
      delete resources.MetricsStreamArnParameter;
      delete resources.DeployedCommit;
    });
    const found = checkInfrastructure(broken, { scripts: { ...own.scripts, rehearse: undefined as never } });
    expect(found.map(({ service, place, problem }) => `${service} ${place}: ${problem}`)).to.include.members([
      'api weir-production-metrics: it is used, and no template declares it',
      'notifications MetricsStreamArn: a deployment must be given it by hand',
      'ingest-stream DeployedCommit: its stack does not say from which commit it is',
      'package.json rehearse: there is no such script',
    ]);
  });
});
