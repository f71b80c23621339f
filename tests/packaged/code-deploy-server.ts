import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';

/** The calls of CodeDeploy's API that a hook makes, on this machine. */
export interface CodeDeployServer {
  readonly url: string;
  /** What the hook reported, by the deployment's id. */
  readonly reports: Map<string, string>;
  close(): void;
}

/** A deployment's id is the name of the function that has the new version. */
export async function startCodeDeploy(targetVersion: string): Promise<CodeDeployServer> {
  const reports = new Map<string, string>();
  const answers: Readonly<Record<string, (input: Input) => object>> = {
    GetDeployment: ({ deploymentId }) => {
      // "The content property of the appSpecContent object in the returned revision is always null."
      const revision = { revisionType: 'AppSpecContent', appSpecContent: { sha256: deploymentId } };
      return { deploymentInfo: { applicationName: 'weir', revision } };
    },
    GetApplicationRevision: ({ applicationName, revision }) => {
      const Properties = { Name: revision?.appSpecContent.sha256, Alias: 'live', TargetVersion: targetVersion };
      const content = JSON.stringify({ version: 0, Resources: [{ own: { Properties } }] });
      return { applicationName, revision: { ...revision, appSpecContent: { ...revision?.appSpecContent, content } } };
    },
    PutLifecycleEventHookExecutionStatus: ({ deploymentId = '', lifecycleEventHookExecutionId, status = '' }) => {
      reports.set(deploymentId, status);
      return { lifecycleEventHookExecutionId };
    },
  };
  const server = createServer(async (request, response) => {
    const answer = answers[String(request.headers['x-amz-target']).replace('CodeDeploy_20141006.', '')];
    if (answer === undefined) return void response.writeHead(400).end('{}');
    response.setHeader('content-type', 'application/x-amz-json-1.1');
    response.end(JSON.stringify(answer((await json(request)) as Input)));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, reports, close: () => server.close() };
}

interface Input {
  readonly applicationName?: string;
  readonly deploymentId?: string;
  readonly lifecycleEventHookExecutionId?: string;
  readonly revision?: { readonly appSpecContent: { readonly sha256?: string } };
  readonly status?: string;
}
