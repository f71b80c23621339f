import { type CodeDeployClient, LifecycleEventAlreadyCompletedException } from '@aws-sdk/client-codedeploy';
import { expect } from 'chai';
import { openCodeDeployHook } from './code-deploy-hook.ts';

/** A hook, and the commands that it sends; each answer is for the next one. */
function hookWith(...answers: readonly object[]) {
  const sent: object[] = [];
  const send = async (command: { readonly input: object }) => {
    sent.push(command.input);
    const answer = answers[sent.length - 1];
    if (answer instanceof Error) throw answer;
    return answer;
  };
  return { sent, hook: openCodeDeployHook({ send } as unknown as CodeDeployClient) };
}

describe('the AppSpec of a deployment', () => {
  const revision = { revisionType: 'AppSpecContent', appSpecContent: { sha256: 'abc' } };

  it('is asked for by its hash', async () => {
    const whole = { ...revision, appSpecContent: { ...revision.appSpecContent, content: 'the text' } };
    const found = { deploymentInfo: { applicationName: 'weir-api-staging', revision } };
    const { sent, hook } = hookWith(found, { revision: whole });
    expect(await hook.readAppSpec('d-1')).to.equal('the text');
    expect(sent).to.deep.equal([{ deploymentId: 'd-1' }, { applicationName: 'weir-api-staging', revision }]);
  });

  it('is taken from the deployment, if that has it', async () => {
    const old = { revisionType: 'String', string: { content: 'the text' } };
    const { sent, hook } = hookWith({ deploymentInfo: { revision: old } });
    expect(await hook.readAppSpec('d-1')).to.equal('the text');
    expect(sent).to.have.length(1);
  });

  it('is an error, if nobody has it', async () => {
    const { hook } = hookWith({ deploymentInfo: { revision } }, { revision });
    const error = await hook.readAppSpec('d-1').catch((caught: Error) => caught.message);
    expect(error).to.equal('the deployment d-1 has no AppSpec');
  });
});

describe('the report of a hook', () => {
  const event = { DeploymentId: 'd-1', LifecycleEventHookExecutionId: 'e-1' };

  it('is sent for the execution of the hook', async () => {
    const { sent, hook } = hookWith({});
    await hook.report(event, 'Failed');
    expect(sent).to.deep.equal([{ deploymentId: 'd-1', lifecycleEventHookExecutionId: 'e-1', status: 'Failed' }]);
  });

  it('is left to a run that was first; any other error is one', async () => {
    const late = new LifecycleEventAlreadyCompletedException({ message: 'completed', $metadata: {} });
    const { hook } = hookWith(late, new Error('throttled'));
    await hook.report(event, 'Succeeded');
    const error = await hook.report(event, 'Succeeded').catch((caught: Error) => caught.message);
    expect(error).to.equal('throttled');
  });
});
