import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { readArtifact } from './read-artifact.ts';
import { shipAtOnce } from './ship-at-once.ts';
import { stampArtifact } from './stamp-artifact.ts';

/** A deployment that somebody asks for. */
export interface DeployCommand {
  /** A directory of `serverless package`. */
  readonly artifact: string;
  readonly stage: string;
  readonly region: string;
  /** New versions of functions get all calls at once, without a canary. */
  readonly allAtOnce: boolean;
  /** Further options of `serverless deploy`. */
  readonly options: readonly string[];
}

export interface DeployDeps {
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** Runs `serverless` for a service with these arguments. Answers with its exit code. */
  readonly serverless: (service: string, args: readonly string[]) => Promise<number>;
}

/**
 * Deploys what was packaged before, once or many times, so that an artifact can also roll a stage back. Answers with
 * the exit code of `serverless deploy`. Throws an Error with one sentence if the artifact is none, or for another
 * stage.
 */
export async function deployArtifact(deps: DeployDeps, command: DeployCommand): Promise<number> {
  const artifact = await readArtifact(resolve(command.artifact));
  if (artifact.stage !== command.stage) {
    const detail = `was packaged for ${artifact.stage}, and not for ${command.stage}`;
    throw new Error(`${command.artifact} ${detail}: package the service with --stage ${command.stage}`);
  }
  const dir = await mkdtemp(join(tmpdir(), `weir-${artifact.service}-`));
  try {
    const stamped = await stampArtifact(artifact, join(dir, 'artifact'), deps.now());
    if (command.allAtOnce) await shipAtOnce(stamped);
    // The framework would compare with the newest directory of its bucket, which is not always what the stack runs.
    const args = ['deploy', '--package', stamped.dir, '--stage', command.stage, '--region', command.region, '--force'];
    return await deps.serverless(artifact.service, [...args, ...command.options]);
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}
