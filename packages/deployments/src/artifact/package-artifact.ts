import type { SpawnOptions } from 'node:child_process';
import { makeOwnDirectory } from './own-directory.ts';
import { runServerless } from './run-serverless.ts';

export interface PackagedArtifact {
  /** The folder of the service. */
  readonly serviceDir: string;
  readonly stage: string;
  readonly region: string;
  /** Where the artifact goes. */
  readonly dir: string;
}

/** Packages a service for a stage, beside others that may package it at the same time. Answers with the exit code. */
export async function packageArtifact(
  { serviceDir, stage, region, dir }: PackagedArtifact,
  options: SpawnOptions,
): Promise<number> {
  const own = makeOwnDirectory(serviceDir);
  try {
    const args = ['package', '--stage', stage, '--region', region, '--package', dir];
    return await runServerless(args, { ...options, cwd: own.path });
  } finally {
    own.remove();
  }
}
