import { spawnSync } from 'node:child_process';
import type { Finding } from './finding.ts';
import { type ServiceTemplate, withTemplateFile } from './templates.ts';

interface Match {
  readonly Rule: { readonly Id: string };
  readonly Location: { readonly Path: readonly (string | number)[] | null };
  readonly Message: string;
}

/** What cfn-lint finds, or undefined where it is not installed. */
export function checkCfnLint(templates: readonly ServiceTemplate[]): readonly Finding[] | undefined {
  if (spawnSync('cfn-lint', ['--version']).error !== undefined) return undefined;
  return templates.flatMap(({ service, template }) =>
    withTemplateFile(template, (file) => {
      const { stdout, stderr } = spawnSync('cfn-lint', ['--format', 'json', '--regions', 'us-east-1', '--', file], {
        encoding: 'utf8',
        maxBuffer: 64 * 1024 * 1024,
      });
      if (stdout.trim() === '') throw new Error(`cfn-lint says nothing: ${stderr}`);
      return (JSON.parse(stdout) as Match[]).map(({ Rule, Location, Message }): Finding => {
        const [section, id] = Location.Path ?? [];
        const where = `${service}/${section === 'Resources' ? id : [section, id].join('/')}`;
        return { checker: 'cfn-lint', rule: Rule.Id, where, message: Message };
      });
    }),
  );
}
