import { closeSync, existsSync, mkdirSync, openSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { type BoundProcess, spawnBound } from '../processes/bound-process.ts';

/** One service running under `serverless offline`. */
export interface ServiceProcess {
  /** The name of its folder. */
  readonly name: string;
  readonly logFile: string;
  /** Resolves when the process has ended, for whatever reason. */
  readonly ended: Promise<unknown>;
  close(): Promise<void>;
}

/** How to start a service. */
export interface ServiceStart {
  readonly name: string;
  /** The folder `services` of the repository. */
  readonly servicesDir: string;
  readonly logDir: string;
  readonly env: NodeJS.ProcessEnv;
  /** The port at which a debugger can attach. */
  readonly inspectPort?: number | undefined;
}

/** The services of the repository: every folder that has a `serverless.yml`. */
export function findServices(servicesDir: string): string[] {
  return readdirSync(servicesDir).filter((name) => existsSync(join(servicesDir, name, 'serverless.yml')));
}

/** Starts `serverless offline` in the service's folder, with its output in a file; it never outlives this process. */
export function startService({ name, servicesDir, logDir, env, inspectPort }: ServiceStart): ServiceProcess {
  mkdirSync(logDir, { recursive: true });
  const logFile = join(logDir, `${name}.log`);
  const output = openSync(logFile, 'w');
  const cwd = join(servicesDir, name);
  const child: BoundProcess = spawnBound(
    process.execPath,
    [...inspectArguments(inspectPort), serverlessProgram(), 'offline', '--stage', 'local'],
    { cwd, env, output },
  );
  closeSync(output);
  return { name, logFile, ended: child.ended, close: () => child.close() };
}

function inspectArguments(port: number | undefined): string[] {
  return port === undefined ? [] : [`--inspect=127.0.0.1:${port}`];
}

function serverlessProgram(): string {
  const manifest = createRequire(import.meta.url).resolve('serverless/package.json');
  const { bin }: { bin: Record<string, string> } = JSON.parse(readFileSync(manifest, 'utf8'));
  return join(dirname(manifest), bin.serverless ?? 'bin/serverless.js');
}
