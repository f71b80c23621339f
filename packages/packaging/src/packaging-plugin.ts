import { expectNativePackages } from './bundles/expect-native-packages.ts';
import { addCanary } from './canary/add-canary.ts';
import { pointAtAliases, prepareProbe } from './canary/prepare-canary.ts';
import { boundTables } from './capacity/bound-tables.ts';
import { fitStreams } from './capacity/fit-streams.ts';
import { checkStage } from './check-stage.ts';
import { encryptLogs, openEnvironments } from './encrypt-functions.ts';
import { isLocal } from './framework/is-local.ts';
import type { Framework, Serverless } from './framework/serverless.ts';
import { addSchedules, provisionFunctions } from './provisioned/provision-functions.ts';
import { recordDeployment } from './record-deployment.ts';
import { enterRedisVpc } from './redis/enter-redis-vpc.ts';
import { openRedisSecret } from './redis/open-redis-secret.ts';
import { addCors } from './rest-api/add-cors.ts';
import { addRequestChecks } from './rest-api/add-request-checks.ts';
import { answerUnmatched } from './rest-api/answer-unmatched.ts';
import { closeMocks } from './rest-api/close-mocks.ts';
import { foldApi } from './rest-api/fold-api.ts';
import { joinModels } from './rest-api/join-models.ts';
import { joinPreflights } from './rest-api/join-preflights.ts';
import { pointStage } from './rest-api/point-stage.ts';
import { boundRoles, nameVersions } from './roles/bound-roles.ts';
import { nameRoles, tidyRoles } from './roles/tidy-roles.ts';
import { joinAlarms } from './watching/join-alarms.ts';
import { writeDashboards } from './watching/write-dashboards.ts';
import { deployRoutes } from './websocket-api/deploy-routes.ts';

const EXIT_POLL_MS = 50;

/**
 * Adds to a service what the framework has no key for, corrects what its plugins leave behind, and refuses to deploy
 * `local`.
 */
export class PackagingPlugin {
  readonly hooks: Readonly<Record<string, () => void>>;

  constructor(serverless: Framework) {
    this.hooks = {
      // Before everything that reads the service: packaging, and serverless-offline.
      initialize: () => {
        fitStreams(serverless.service);
        boundTables(serverless.service);
        provisionFunctions(serverless.service);
        answerUnmatched(serverless);
        addCors(serverless);
        addRequestChecks(serverless);
        prepareProbe(serverless);
        nameRoles(serverless);
        openRedisSecret(serverless);
        enterRedisVpc(serverless);
        openEnvironments(serverless.service);
      },
      'before:package:initialize': () => {
        checkStage(serverless);
        pointAtAliases(serverless);
        nameVersions(serverless);
        expectNativePackages(serverless);
      },
      // serverless-iam-roles-per-function makes the functions' roles in the same hook, before this plugin.
      'before:package:finalize': () => {
        tidyRoles(serverless);
        encryptLogs(serverless.service);
        joinPreflights(serverless);
        joinModels(serverless);
        closeMocks(serverless);
        recordDeployment(serverless);
      },
      // Only now does the template hold the service's own resources.
      'after:aws:package:finalize:mergeCustomProviderResources': () => {
        foldApi(serverless);
        pointStage(serverless);
        deployRoutes(serverless);
        joinAlarms(serverless);
        writeDashboards(serverless);
        addSchedules(serverless.service);
        // After the alarms that people hear of were joined and drawn.
        addCanary(serverless);
        boundRoles(serverless);
      },
      'before:deploy:deploy': () => refuseLocalStage(serverless),
      error: exitOnceReported,
    };
  }
}

/**
 * Ends the process once the framework has reported the error. A build that failed leaves esbuild's contexts open, and
 * the process would wait for them for ever. Without them, the timer alone does not keep the process alive.
 */
function exitOnceReported(): void {
  setInterval(() => {
    if (process.exitCode) process.exit();
  }, EXIT_POLL_MS).unref();
}

function refuseLocalStage(serverless: Serverless): void {
  const { stage } = serverless.service.provider;
  if (isLocal(stage)) {
    throw new serverless.classes.Error(
      `The stage "${stage}" is for one machine. Name the stage to deploy: --stage production`,
    );
  }
}
