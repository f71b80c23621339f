import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect } from 'chai';
import { packageService, serviceNames } from './package-service.ts';
import { propertiesOf, type Template } from './template.ts';

const STAGE = 'production';
const ROOT = join(import.meta.dirname, '../..');
const AUDITOR = join(ROOT, 'auditor');

interface Finding {
  readonly checker: string;
  readonly rule: string;
  readonly where: string;
  readonly message: string;
}

interface Auditor {
  auditTemplates(templates: readonly { readonly service: string; readonly template: Template }[]): {
    readonly open: readonly Finding[];
    readonly needless: readonly string[];
  };
}

// A file without any test fails a run of several processes, which name no reason.
describe('the auditor', () => {
  it('is installed by its own command, and not by npm ci', () => {
    const { workspaces, scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
    expect(workspaces).to.be.an('array').that.does.not.include('auditor');
    expect(scripts['audit-templates']).to.include('auditor');
  });
});

if (existsSync(join(AUDITOR, 'node_modules/cdk-nag'))) {
  describe('the templates, before the checkers of others', function () {
    this.timeout(240_000);
    let auditor: Auditor;
    const templates = () =>
      serviceNames().map((service) => ({ service, template: packageService(service, STAGE).template }));

    before(async () => {
      // Its packages have 200 MB, and `npm ci` does not install them: so it is no part of this project's types.
      auditor = await import(pathToFileURL(join(AUDITOR, 'src/audit-templates.ts')).href);
    });

    it('have no finding without a reason in auditor/src/suppressions.ts, and no reason without a finding', () => {
      const { open, needless } = auditor.auditTemplates(templates());
      expect({ open, needless }).to.deep.equal({ open: [], needless: [] });
    });

    it('have one when a bucket is opened, a property does not exist, or an alarm watches something else', () => {
      const broken = templates();
      const [ingest] = broken.filter(({ service }) => service === 'ingest-stream');
      const { Resources } = (ingest as { template: Template }).template as { Resources: Record<string, object> };
      const bucket = propertiesOf({ Resources } as Template, 'ArchiveBucket') as Record<string, unknown>;
      // Without any configuration, AWS closes a bucket by itself.
      bucket.PublicAccessBlockConfiguration = {
        ...(bucket.PublicAccessBlockConfiguration as object),
        BlockPublicPolicy: false,
      };
      bucket.NoSuchProperty = true;
      // Composite alarm and dashboard name each alarm, so none can be taken out of the template.
      const alarm = propertiesOf({ Resources } as Template, 'StreamFullAlarm') as Record<string, unknown>;
      alarm.MetricName = 'IncomingBytes';
      const { open } = auditor.auditTemplates(broken);
      const found = open.map(({ checker, rule, where }) => [checker, rule, where].join(' '));
      expect(found).to.include.members([
        'cdk-nag AwsSolutions-S2 ingest-stream/ArchiveBucket',
        'specification unknown-property ingest-stream/ArchiveBucket',
        'slic-watch AWS/Kinesis/WriteProvisionedThroughputExceeded ingest-stream/EventStream',
      ]);
    });
  });
} else {
  process.stdout.write('The templates are not audited by cdk-nag and others (npm run audit-templates installs them)\n');
}
