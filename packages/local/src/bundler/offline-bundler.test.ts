import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { expect } from 'chai';
import { until } from '../testing/until.ts';
import BundlerPlugin from './bundler-plugin.ts';
import type { BundlingServerless } from './bundling-serverless.ts';
import { OfflineBundler } from './offline-bundler.ts';
import { watchSources } from './watch-sources.ts';

/** The settings of serverless.common.yml. */
const SETTINGS = {
  ...{ bundle: true, splitting: true, minify: true, format: 'esm', outputFileExtension: '.mjs', platform: 'node' },
  ...{ target: 'node24', exclude: [], mainFields: ['module', 'main'], sourcemap: false, legalComments: 'none' },
  banner: { js: '// made by a test' },
};

/** What esbuild has made of one entry point. */
interface Result {
  readonly outputFiles: readonly { readonly path: string; readonly hash: string }[];
}

describe('bundling under serverless offline', function () {
  this.timeout(20_000);
  let serviceDir: string;
  const contexts: { dispose(): Promise<void> }[] = [];

  beforeEach(() => {
    serviceDir = realpathSync(mkdtempSync(join(tmpdir(), 'weir-')));
    mkdirSync(join(serviceDir, 'src'));
    writeFileSync(join(serviceDir, 'package.json'), '{}');
    writeFileSync(
      join(serviceDir, 'plugins.cjs'),
      "module.exports = [{ name: 'named', setup({ initialOptions }) { initialOptions.chunkNames = 'late-[hash]'; } }];",
    );
    writeFileSync(
      join(serviceDir, 'src/one.ts'),
      "export const handler = () => import('./late.ts');\nexport const other = handler;",
    );
    writeFileSync(join(serviceDir, 'src/late.ts'), 'export const late: number = 1;');
  });
  afterEach(async () => {
    for (const context of contexts.splice(0)) await context.dispose();
    rmSync(serviceDir, { recursive: true, force: true });
  });

  function serverlessFor(command: string): BundlingServerless {
    const functions: Record<string, object> = {
      one: { handler: 'src/one.handler', runtime: 'nodejs24.x' },
      other: { handler: 'src/one.other', runtime: 'nodejs24.x' },
    };
    const service = {
      ...{ functions, provider: { name: 'aws', runtime: 'nodejs24.x' }, package: {} },
      // Theirs builds in the folder in which the framework was started.
      custom: {
        provisioned: ['one', 'other'],
        esbuild: { ...SETTINGS, plugins: 'plugins.cjs', write: false, absWorkingDir: serviceDir, logLevel: 'silent' },
      },
      getAllFunctions: () => Object.keys(functions),
      getFunction: (key: string) => functions[key] as { handler: string },
    };
    const others = { config: { serviceDir }, configSchemaHandler: { defineFunctionProperties: () => {} } };
    return { ...others, serviceDir, service, processedInput: { commands: [command] } } as BundlingServerless;
  }

  it('makes what serverless-esbuild makes, once for functions of one file', async () => {
    const offline = new OfflineBundler(serverlessFor('offline'));
    expect(offline.firstEntries).to.deep.equal(['src/one.ts']);
    const build = offline.buildOf(offline.entryOf('src/one.handler'));
    expect(build).to.equal(offline.buildOf(offline.entryOf('src/one.other')));
    contexts.push(build);
    const result = (await build.rebuild()) as Result;
    const log = { verbose: () => {}, error: () => {} };
    const theirs = BundlerPlugin(serverlessFor('package'), {}, { log }) as {
      init(): void;
      bundle(): Promise<void>;
      buildCache: Record<string, { result: Result; context: { dispose(): Promise<void> } }>;
      buildDirPath: string;
    };
    expect(theirs).to.be.instanceOf(createRequire(import.meta.url)('serverless-esbuild'));
    theirs.init();
    const before = process.cwd();
    process.chdir(serviceDir);
    await theirs.bundle().finally(() => process.chdir(before));
    contexts.push(...Object.values(theirs.buildCache).map(({ context }) => context));
    const made = (results: readonly Result[], dir: string) =>
      results.map(({ outputFiles }) => outputFiles.map(({ path, hash }) => [relative(dir, path), hash]));
    const ours = made([result], offline.buildDirPath);
    const built = Object.values(theirs.buildCache).map((one) => one.result);
    expect(ours).to.deep.equal(made(built, theirs.buildDirPath));
    expect(ours[0]?.map(([name]) => name))
      .to.include('src/one.mjs')
      .and.have.length(2);
  });

  it('begins with the start of the framework, and says at the build what fails', async () => {
    const offline = new OfflineBundler(serverlessFor('offline'));
    rmSync(join(serviceDir, 'src/late.ts'));
    const before = keptAlive();
    await offline.hooks.initialize?.();
    const error = await offline
      .buildOf('src/one.ts')
      .rebuild()
      .catch((caught: Error) => caught);
    expect(error).to.have.property('message').that.includes('Could not resolve "./late.ts"');
    expect(keptAlive(), 'esbuild keeps no process alive').to.equal(before);
  });

  /** Processes for which Node does not end. */
  const keptAlive = () => process.getActiveResourcesInfo().filter((name) => name === 'ProcessWrap').length;

  it('is done anew when a TypeScript file changes', async () => {
    let changes = 0;
    const end = watchSources(serviceDir, () => {
      changes += 1;
    });
    try {
      await until(() => {
        writeFileSync(join(serviceDir, 'src/late.ts'), `export const late = ${Math.random()};`);
        return changes > 0;
      });
    } finally {
      await end();
    }
  });
});
