import {
  type CodeDeployClient,
  GetApplicationRevisionCommand,
  GetDeploymentCommand,
  LifecycleEventAlreadyCompletedException,
  PutLifecycleEventHookExecutionStatusCommand,
  type RevisionLocation,
} from '@aws-sdk/client-codedeploy';
import type { ProbeDeps } from '../canary/probe-version.ts';

/** What a hook asks of CodeDeploy. */
export function openCodeDeployHook(client: CodeDeployClient): Pick<ProbeDeps, 'readAppSpec' | 'report'> {
  return {
    async readAppSpec(deploymentId) {
      const { deploymentInfo } = await client.send(new GetDeploymentCommand({ deploymentId }));
      const { applicationName, revision } = deploymentInfo ?? {};
      // A deployment has its AppSpec only by its hash.
      const known = contentOf(revision);
      if (known !== undefined) return known;
      const asked = await client.send(new GetApplicationRevisionCommand({ applicationName, revision }));
      const content = contentOf(asked.revision);
      if (content === undefined) throw new Error(`the deployment ${deploymentId} has no AppSpec`);
      return content;
    },
    async report({ DeploymentId: deploymentId, LifecycleEventHookExecutionId }, status) {
      const lifecycleEventHookExecutionId = LifecycleEventHookExecutionId;
      const report = { deploymentId, lifecycleEventHookExecutionId, status };
      try {
        await client.send(new PutLifecycleEventHookExecutionStatusCommand(report));
      } catch (error) {
        // Another run of this hook was first: its report stays.
        if (!(error instanceof LifecycleEventAlreadyCompletedException)) throw error;
      }
    },
  };
}

/** CodeDeploy had an older form of the same. */
function contentOf(revision: RevisionLocation | undefined): string | undefined {
  return revision?.appSpecContent?.content || revision?.string?.content || undefined;
}
