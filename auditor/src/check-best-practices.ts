import { App, type PolicyViolation, Stack } from 'aws-cdk-lib';
import { CfnInclude } from 'aws-cdk-lib/cloudformation-include';
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag';
import type { Finding } from './finding.ts';
import { type ServiceTemplate, withTemplateFile } from './templates.ts';

const STACK = 'Weir';
const INCLUDED = 'Template';

/** What cdk-nag finds with its packs AwsSolutions and Serverless. */
export function checkBestPractices({ service, template }: ServiceTemplate): readonly Finding[] {
  return withTemplateFile(withoutEmptyPolicy(template), (templateFile) => {
    const app = new App({ analyticsReporting: false });
    new CfnInclude(new Stack(app, STACK), INCLUDED, { templateFile });
    const packs = [new AwsSolutionsChecks(app), new ServerlessChecks(app)];
    return packs.flatMap((pack) => pack.validateScope(app).violations.flatMap((violation) => read(service, violation)));
  });
}

/** The framework gives an API without a policy an empty text, which CDK does not parse. */
function withoutEmptyPolicy(template: ServiceTemplate['template']): object {
  const Resources = Object.entries(template.Resources).map(([id, resource]) => {
    const { Policy, ...Properties } = resource.Properties ?? {};
    return [id, Policy === '' ? { ...resource, Properties } : resource];
  });
  return { ...template, Resources: Object.fromEntries(Resources) };
}

/** Rules about permissions name what they found in brackets: `AwsSolutions-IAM5[Resource::*]`. */
function read(service: string, { ruleName, description, violatingResources }: PolicyViolation): Finding[] {
  const [, rule = ruleName, what] = /^([^[]*)\[(.*)\]$/.exec(ruleName) ?? [];
  return violatingResources.map(({ constructPath = '' }) => ({
    checker: 'cdk-nag',
    rule,
    where: `${service}/${constructPath.replace(`${STACK}/${INCLUDED}/`, '')}`,
    message: what === undefined ? description : `${what}: ${description}`,
  }));
}
