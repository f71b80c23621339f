import { join } from 'node:path';
import { type DeployDeps, deployArtifact } from '../artifact/deploy-artifact.ts';
import { SERVICES } from '../changes/services-to-deploy.ts';
import { type RemoveDeps, removeStage, stackName } from './remove-stage.ts';
import { isStuck, settledStatus } from './settled-status.ts';

/** SQS gives the name of a removed queue away again after 60 s. */
const NAMES_FREE_MS = 60_000;

export interface DeployStageCommand {
  /** The directory with an artifact for each service. */
  readonly artifacts: string;
  readonly stage: string;
  readonly region: string;
  /** Whether a stage that CloudFormation cannot update is removed, with its data, and made anew. */
  readonly anew: boolean;
}

/**
 * Deploys all services of a stage, in order, from artifacts. Throws an Error with one sentence if a service is not
 * deployed.
 */
export async function deployStage(deps: DeployDeps & RemoveDeps, command: DeployStageCommand): Promise<void> {
  const { artifacts, stage, region, anew } = command;
  const names = SERVICES.map((service) => stackName(service, stage));
  const statuses = await Promise.all(names.map((name) => settledStatus(deps, name)));
  const stuck = names.filter((_, at) => isStuck(statuses[at]));
  if (stuck.length > 0) {
    const problem = `CloudFormation cannot update ${stuck.join(', ')}`;
    if (!anew) throw new Error(`${problem}: to remove the stage with its data and make it anew, add --anew`);
    deps.tell(`${problem}: the stage is removed, and made anew`);
    await removeStage(deps, { stage, region });
    await deps.wait(NAMES_FREE_MS);
  }
  for (const service of SERVICES) {
    const code = await deployArtifact(deps, {
      artifact: join(artifacts, service),
      stage,
      region,
      allAtOnce: false,
      options: [],
    });
    if (code !== 0) throw new Error(`${stackName(service, stage)} is not deployed: see above`);
  }
}
