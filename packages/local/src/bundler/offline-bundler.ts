import { join } from 'node:path';
import type { Bundler } from '../bundles/live-bundles.ts';
import { ROOT_DIR } from '../local-stage/state-dir.ts';
import { startTimes } from '../plugin/start-times.ts';
import { type BundlerSettings, buildOptions } from './build-options.ts';
import type { BundlingServerless } from './bundling-serverless.ts';
import { entriesOf } from './entries-of.ts';
import { createFileStamps } from './file-stamps.ts';
import { type BuildOutcome, createKeptBuild, type KeptBuild } from './kept-build.ts';
import { watchSources } from './watch-sources.ts';

/** The build of one entry point. */
interface CachedBuild {
  readonly context: KeptBuild;
  readonly result: BuildOutcome;
}

/**
 * Bundles a service's functions under `serverless offline`, in place of serverless-esbuild: from the same settings, but only
 * what has changed since the last time. It keeps the bundles in memory: bundles/ puts them into folders.
 */
export class OfflineBundler implements Bundler {
  readonly hooks: Readonly<Record<string, () => Promise<void> | void>>;
  readonly serviceDirPath: string;
  buildCache: Readonly<Record<string, CachedBuild>> = {};
  readonly #serverless: BundlingServerless;
  #begun: Promise<Readonly<Record<string, CachedBuild>>> | undefined;

  constructor(serverless: BundlingServerless) {
    this.#serverless = serverless;
    this.serviceDirPath = serverless.serviceDir;
    const start = async (): Promise<void> => {
      await this.bundle();
      startTimes.passed('bundles');
      process.stderr.write(`${startTimes.line()}\n`);
      this.#watch();
    };
    this.hooks = {
      // esbuild builds in a process of its own, while this one prepares the rest.
      initialize: () => this.#begin(),
      'before:offline:start': start,
      'before:offline:start:init': start,
    };
  }

  get workDirPath(): string {
    return join(this.serviceDirPath, String(this.#settings.outputWorkFolder ?? '.esbuild'));
  }

  get buildDirPath(): string {
    return join(this.workDirPath, '.build');
  }

  /** Builds every function anew of which a file has changed. */
  bundle = async (): Promise<void> => {
    this.buildCache = await (this.#begun ?? this.#buildAll());
    this.#begun = undefined;
  };

  /** bundles/ decides what happens after a build. */
  notifyServerlessOffline = (): void => {};

  get #settings(): BundlerSettings {
    return this.#serverless.service.custom?.esbuild ?? {};
  }

  #begin(): void {
    this.#begun = this.#buildAll();
    // `bundle` reports it.
    this.#begun.catch(() => {});
  }

  async #buildAll(): Promise<Readonly<Record<string, CachedBuild>>> {
    const stamps = createFileStamps();
    const build = async (entry: string): Promise<[string, CachedBuild]> => {
      const context = this.buildCache[entry]?.context ?? this.#contextOf(entry);
      return [entry, { context, result: await context.rebuild(stamps) }];
    };
    return Object.fromEntries(await Promise.all(entriesOf(this.#serverless.service, this.serviceDirPath).map(build)));
  }

  #contextOf(entry: string): KeptBuild {
    const places = { serviceDir: this.serviceDirPath, buildDir: this.buildDirPath, entry };
    const options = buildOptions(this.#settings, places);
    const file = join(this.workDirPath, 'kept', entry.replaceAll('/', '.'));
    return createKeptBuild({ options, file, rootDir: ROOT_DIR });
  }

  #watch(): void {
    watchSources(this.serviceDirPath, () => {
      this.bundle().then(
        () => this.notifyServerlessOffline(),
        (error: Error) => process.stderr.write(`Not built: ${error.message}\n`),
      );
    });
  }
}
