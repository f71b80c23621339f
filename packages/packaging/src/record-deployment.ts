import { execFileSync } from 'node:child_process';
import { isLocal } from './framework/is-local.ts';
import type { Serverless } from './framework/serverless.ts';

/**
 * Adds to a service's template the parameter `/weir/<stage>/deployed/<service>` with the commit from which it is
 * packaged. It is a part of the stack: it goes back when an update is rolled back, and a deployment by hand changes it
 * too. A changed checkout adds `+changes`; without git the value is `unknown`. Both make the next run deploy the service.
 */
export function recordDeployment({ service, serviceDir }: Serverless): void {
  const { stage, compiledCloudFormationTemplate } = service.provider;
  const name = service.service?.replace(/^weir-/, '');
  if (name === undefined || isLocal(stage)) return;
  compiledCloudFormationTemplate.Resources.DeployedCommit = {
    Type: 'AWS::SSM::Parameter',
    Properties: {
      Name: `/weir/${stage}/deployed/${name}`,
      Type: 'String',
      Value: commitOf(serviceDir),
      Description: 'The commit of this deployment',
    },
  };
}

function commitOf(dir: string): string {
  try {
    const git = (...args: string[]) => execFileSync('git', args, { cwd: dir, encoding: 'utf8', stdio: 'pipe' }).trim();
    const commit = git('rev-parse', 'HEAD');
    return git('status', '--porcelain', '--untracked-files=no') === '' ? commit : `${commit}+changes`;
  } catch {
    return 'unknown';
  }
}
