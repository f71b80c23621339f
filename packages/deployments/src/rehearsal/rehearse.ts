import { SERVICES } from '../changes/services-to-deploy.ts';
import type { CheckedStack } from './check-stack.ts';
import type { RehearsedStage } from './rehearsed-stage.ts';

/** Deployed alone, twice, and then removed and put back. It needs others, and nothing in CloudFormation needs it. */
const ALONE = 'notifications';
/** The first that is removed. */
const LAST = 'api';
/** Needs what another service declares. */
const EAGER = 'reports';

export interface RehearseDeps {
  readonly stage: Pick<RehearsedStage, 'package' | 'deploy' | 'remove' | 'removeAll' | 'check'>;
  /** Says what goes on. */
  readonly tell: (sentence: string) => void;
}

/** Makes, changes and removes a stage as a team would. Answers with one sentence for each fault. */
export async function rehearse({ stage, tell }: RehearseDeps): Promise<readonly string[]> {
  const faults: string[] = [];
  const see = (name: string, checked: CheckedStack) => {
    tell(`${name}: ${checked.seen} resources are there, ${checked.unseen} cannot be seen`);
    faults.push(...checked.faults.map((fault) => `${name}: ${fault}`));
  };
  const deploy = async (name: string) => {
    await stage.deploy(name);
    see(name, await stage.check(name));
  };

  for (const name of SERVICES) await stage.package(name);
  tell(`${EAGER} is deployed before what it needs, and fails`);
  const isRefused = await stage.deploy(EAGER).then(
    () => false,
    () => true,
  );
  if (!isRefused) faults.push(`${EAGER} was deployed before what it needs`);
  tell('the stage is made, in order');
  for (const name of SERVICES) await deploy(name);
  tell(`${ALONE} is deployed alone, twice`);
  for (const name of [ALONE, ALONE]) await deploy(name);
  tell(`${ALONE} is removed, and put back`);
  await stage.remove(ALONE);
  await deploy(ALONE);
  tell('a removal of the stage ends half-way, is tried again, and once more when all is gone');
  await stage.remove(LAST);
  for (let times = 0; times < 2; times++) await stage.removeAll();
  tell('the stage is made anew');
  for (const name of SERVICES) await deploy(name);
  return faults;
}
