import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { resourcesOf } from '../templates/template.ts';
import { breakService, checkedTemplates, type Templates } from './checked-templates.ts';
import type { Resources } from './finds-breaks.ts';
import { checkCommands } from './runbooks/check-commands.ts';
import { checkRunbooks, sectionOf, unknownNames } from './runbooks/check-runbooks.ts';

const ROOT = join(import.meta.dirname, '../..');
const FOLDER = join(ROOT, 'docs/runbooks');
const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { scripts: Record<string, string> };
const NPM_SCRIPTS = Object.keys(scripts);

function readPage(name: string): string {
  const file = join(FOLDER, `${name}.md`);
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}

describe('the runbooks', () => {
  let templates: Templates;
  let known: string;

  before(() => {
    templates = checkedTemplates();
    // The stacks' names begin the names that CloudFormation gives.
    known = [JSON.stringify(templates), ...Object.keys(templates).map((name) => `weir-${name}-production`)].join(' ');
    known += ' weir-api-production-ApiAccessLogs';
  });

  it('have a section for each alarm, to which its description links, and no other', () => {
    for (const [service, template] of Object.entries(templates)) {
      expect(checkRunbooks(service, template, readPage(service)), service).to.deep.equal([]);
    }
  });

  it('have only commands and names that exist', async () => {
    for (const file of readdirSync(FOLDER)) {
      const page = readPage(file.slice(0, -'.md'.length));
      expect(await checkCommands(page, NPM_SCRIPTS), file).to.deep.equal([]);
      expect(unknownNames(page, known), file).to.deep.equal([]);
    }
  });

  it('are all named in docs/alarms.md', () => {
    const overview = readFileSync(join(ROOT, 'docs/alarms.md'), 'utf8');
    for (const [service, template] of Object.entries(templates)) {
      const names = resourcesOf(template, 'AWS::CloudWatch::Alarm').map(([id]) => sectionOf(template, id));
      for (const name of names) {
        expect(overview).to.include(`[\`${name}\`](runbooks/${service}.md#${name.toLowerCase()})`);
      }
    }
  });

  it('are found without a section, a part or a link, and with one of no alarm', () => {
    const template = templates.reports;
    if (template === undefined) throw new Error('there is no service reports');
    const page = readPage('reports');
    const find = (changed: string) => checkRunbooks('reports', template, changed);
    expect(find(page.replace('## WorkIdleAlarm', '## WorkLazyAlarm'))).to.deep.equal([
      'WorkIdleAlarm has no section',
      'the section WorkLazyAlarm has no alarm',
    ]);
    expect(find(page.replace('**Do.** Correct the cause', ''))).to.have.length(1);
    expect(checkRunbooks('api', template, page)).to.include('WorkIdleAlarm does not link to it');
  });

  it('are found without the section or the link of new versions, and with a version that CodeDeploy does not ask of', () => {
    const page = readPage('api');
    const [alarm = ''] = Object.keys(templates.api?.Resources ?? {}).filter((id) => id.startsWith('EventsCanaryAlarm'));
    const find = (change: Parameters<typeof breakService>[2], changed = page) => {
      const { api } = breakService(templates, 'api', change);
      return api && checkRunbooks('api', api, changed);
    };
    const changeNothing = () => undefined;
    expect(find(changeNothing, page.replace('## CanaryAlarm', '## Canary'))).to.deep.equal([
      'CanaryAlarm has no section',
      'the section Canary has no alarm',
    ]);
    const unlink = (resources: Resources) => Object.assign(resources[alarm]?.Properties, { AlarmDescription: '' });
    expect(find(unlink)).to.deep.equal([`${alarm} does not link to it`]);
    const ask = ({ EventsCanaryGroup }: Resources) => delete EventsCanaryGroup?.Properties.AlarmConfiguration;
    expect(find(ask)).to.include(`${alarm} has no section`);
  });

  it('are found with a command or a name that does not exist', async () => {
    for (const [wrong, named] of [
      ['npm run ops -- redrive alarms --stage $stage', 'npm run ops -- redrive alarms --stage $stage'],
      ['npm run repair', 'npm run repair'],
      ['aws sqs empty-queue', 'sqs empty-queue'],
      ['aws queues list-queues', 'queues list-queues'],
    ] as const) {
      expect(await checkCommands(`Run \`${wrong}\`.`, NPM_SCRIPTS)).to.deep.equal([named]);
    }
    expect(unknownNames('weir-api-$stage-thumbnails and weir-api-$stage-thumbnail', known)).to.deep.equal([
      'weir-api-production-thumbnails',
    ]);
  });
});
