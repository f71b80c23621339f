import { CloudFormationValidatePlugin } from 'aws-cdk-lib';
import type { Finding } from './finding.ts';
import { type ServiceTemplate, withTemplateFile } from './templates.ts';

/** What AWS' own engine finds, which knows the rules of cfn-lint and the schemas of the types. */
export function checkCloudFormation(templates: readonly ServiceTemplate[]): readonly Finding[] {
  const engine = new CloudFormationValidatePlugin({});
  return templates.flatMap(({ service, template }) => {
    const { violations } = withTemplateFile(template, (templatePath) => {
      const place = { stackConstructPath: service, accountId: undefined, region: undefined };
      const stackTemplates = [{ ...place, templatePath }];
      // It reads nothing else of the context.
      return engine.validate({ templatePaths: [templatePath], stackTemplates } as never);
    });
    return violations.flatMap(({ ruleName, description, violatingResources }) =>
      violatingResources.map(({ resourceLogicalId, locations }): Finding => {
        const where = `${service}/${resourceLogicalId || locations.join() || 'template'}`;
        return { checker: 'cloudformation-validate', rule: ruleName, where, message: description };
      }),
    );
  });
}
