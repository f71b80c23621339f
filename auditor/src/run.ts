import { packageService, serviceNames } from '../../tests/templates/package-service.ts';
import { auditTemplates } from './audit-templates.ts';
import { describeAudit } from './describe-audit.ts';

const STAGE = 'production';

const templates = serviceNames().map((service) => ({ service, template: packageService(service, STAGE).template }));
const audit = auditTemplates(templates);
process.stdout.write(`${describeAudit(audit, { alarms: process.argv.includes('--alarms') })}\n`);
process.exitCode = audit.open.length + audit.needless.length === 0 ? 0 : 1;
