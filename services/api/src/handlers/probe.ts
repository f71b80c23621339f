import { CodeDeployClient } from '@aws-sdk/client-codedeploy';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { readConfig, runtimeFields } from '@weir/config';
import { createTelemetry } from '@weir/logging';
import type { Handler } from 'aws-lambda';
import { openCodeDeployHook } from '../aws/code-deploy-hook.ts';
import { openVersions } from '../aws/invoke-version.ts';
import { createProbeVersion, type HookEvent } from '../canary/probe-version.ts';

/** Of the function's 60 s: the rest is for the report. */
const BUDGET_MS = 45_000;

const config = readConfig(runtimeFields);
const { log, observe } = createTelemetry(config);

const probeVersion = createProbeVersion({
  ...openCodeDeployHook(new CodeDeployClient({})),
  ...openVersions(new LambdaClient({})),
  namePrefix: `${config.service}-${config.stage}-`,
  log,
  budgetMs: BUDGET_MS,
});

/** CodeDeploy calls it for each function that has a new version, before that gets any call of the API. */
export const handler: Handler<HookEvent, void> = (event, context) =>
  observe({ context, outcomeOf: (works) => (works ? 'done' : 'error') }, () => probeVersion(event)).then(
    () => undefined,
  );
