import type { Serverless, TemplateResource } from './serverless.ts';

const SHARED_ROLE = 'IamRoleLambdaExecution';

/** Removes the role that the framework makes for all functions of a service; throws when a function still uses it. */
export function removeSharedRole(serverless: Serverless): void {
  const { Resources } = serverless.service.provider.compiledCloudFormationTemplate;
  delete Resources[SHARED_ROLE];
  const users = Object.keys(Resources).filter((id) => mentions(Resources[id], SHARED_ROLE));
  if (users.length > 0) {
    throw new serverless.classes.Error(
      `${users.join(', ')} would run under the service's shared role: give each function its own iamRoleStatements`,
    );
  }
}

function mentions(resource: TemplateResource | undefined, id: string): boolean {
  return JSON.stringify(resource).includes(`"${id}"`);
}
