import { join } from 'node:path';
import type { Bundler } from '../bundles/live-bundles.ts';
import { ROOT_DIR } from '../local-stage/state-dir.ts';
import { startTimes } from '../plugin/start-times.ts';
import { type BundlerSettings, buildOptions } from './build-options.ts';
import type { BundlingServerless } from './bundling-serverless.ts';
import { entriesOf, entryOf } from './entries-of.ts';
import { createFileStamps, type FileStamps } from './file-stamps.ts';
import { type BuildOutcome, createKeptBuild, type KeptBuild } from './kept-build.ts';
import { watchSources } from './watch-sources.ts';

/**
 * Bundles a service's functions under `serverless offline`, in place of serverless-esbuild: from the same settings, but only
 * what has changed since the last time, and only when it is needed. bundles/ puts the bundles into folders.
 */
export class OfflineBundler implements Bundler {
  readonly hooks: Readonly<Record<string, () => Promise<void> | void>>;
  readonly serviceDirPath: string;
  readonly #serverless: BundlingServerless;
  readonly #builds = new Map<string, KeptBuild>();

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
      initialize: () => void this.#begin().catch(() => {}),
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

  get firstEntries(): readonly string[] {
    const { service } = this.#serverless;
    return entriesOf(service, this.serviceDirPath, service.custom?.provisioned ?? []);
  }

  entryOf(handler: string): string {
    return entryOf(handler, this.serviceDirPath);
  }

  buildOf(entry: string): KeptBuild {
    const build = this.#builds.get(entry) ?? this.#createBuild(entry);
    this.#builds.set(entry, build);
    return build;
  }

  /** bundles/ decides what a start, and then a change, builds. */
  bundle = async (): Promise<void> => {};

  get #settings(): BundlerSettings {
    return this.#serverless.service.custom?.esbuild ?? {};
  }

  /** `bundle` tells what fails here. */
  async #begin(): Promise<void> {
    const stamps = createFileStamps();
    for (const entry of this.firstEntries) {
      const build = this.#createBuild(entry);
      let begun: Promise<BuildOutcome> | undefined = build.rebuild(stamps);
      begun.catch(() => {});
      const rebuild = (later?: FileStamps): Promise<BuildOutcome> => {
        const first = begun;
        begun = undefined;
        return first ?? build.rebuild(later);
      };
      this.#builds.set(entry, { ...build, rebuild });
    }
  }

  #createBuild(entry: string): KeptBuild {
    const places = { serviceDir: this.serviceDirPath, buildDir: this.buildDirPath, entry };
    const options = buildOptions(this.#settings, places);
    const file = join(this.workDirPath, 'kept', entry.replaceAll('/', '.'));
    return createKeptBuild({ options, file, rootDir: ROOT_DIR });
  }

  #watch(): void {
    watchSources(this.serviceDirPath, () => {
      this.bundle().catch((error: Error) => process.stderr.write(`Not built: ${error.message}\n`));
    });
  }
}
