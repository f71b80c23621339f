import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The services, in the order in which a new stage is deployed: who declares a resource comes before who uses it.
 * `deployed-commits.sh` reads the same file.
 */
export const SERVICES: readonly string[] = JSON.parse(readFileSync(join(import.meta.dirname, 'services.json'), 'utf8'));

/** Files from which no service is built. */
const NOT_DEPLOYED = [
  /^(docs|bench|tests|lint|scripts|auditor|deploy|\.github|\.ci)\//,
  /^(LICENSE|biome\.json|\.gitignore|\.c8rc\.json|\.mocharc[^/]*\.json|[^/]*\.md)$/,
];
const IN_WORKSPACE = /^(packages|services)\/[^/]+\//;

/** What has changed in a checkout since a commit. */
export interface Changes {
  readonly files: readonly string[];
  /** The names of the workspaces that changed, and of those that depend on one. */
  readonly workspaces: readonly string[];
}

export interface ToDeployOptions {
  /**
   * Of each service, the commit that the stage runs: a hash, with `+changes` if it was deployed from a changed
   * checkout.
   */
  readonly deployed: Readonly<Record<string, string | undefined>>;
  /** Undefined if the checkout does not know the commit. */
  readonly changesSince: (commit: string) => Changes | undefined;
  /**
   * Whether the checkout comes before a commit: then the stage has passed it. Without it a stage also goes back. Runs
   * of CI end in any order, and can be run again: only somebody who asks for it goes back.
   */
  readonly isBefore?: ((commit: string) => boolean) | undefined;
}

/**
 * The services that a stage does not run as they are in the checkout, in the order of a deployment. Each is compared
 * with its own last deployment, so that nothing is lost when a run fails or is cancelled. Undefined if the stage has
 * passed the checkout.
 */
export function servicesToDeploy({ deployed, changesSince, isBefore }: ToDeployOptions): readonly string[] | undefined {
  const commits = Object.values(deployed).filter((commit) => commit !== undefined);
  if (isBefore && commits.some(isBefore)) return undefined;
  return SERVICES.filter((service) => {
    const commit = deployed[service];
    const changes = commit === undefined ? undefined : changesSince(commit);
    return changes === undefined || hasChanged(service, changes);
  });
}

/**
 * A file that belongs to no workspace, such as one at the root or of a workspace that is gone, may change any service.
 */
function hasChanged(service: string, { files, workspaces }: Changes): boolean {
  const isShared = (file: string) => !IN_WORKSPACE.test(file) && !NOT_DEPLOYED.some((other) => other.test(file));
  return workspaces.includes(`@weir/${service}`) || files.some(isShared);
}
