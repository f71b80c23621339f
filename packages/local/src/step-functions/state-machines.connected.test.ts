import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import { readAll } from '../aws-calls/read-all.ts';
import type { LocalAws } from '../local-aws/local-aws.ts';
import { startLocalAws } from '../local-aws/start-local-aws.ts';

const REGISTRATION = { name: 'fixture', stage: 'local', region: 'us-east-1', extensions: {} };
const MACHINE = 'arn:aws:states:us-east-1:000000000000:stateMachine:counting';

/** Counts down, a task at a time, with a wait between; what fails is recorded and ends it. */
const RESOURCES = {
  Machine: {
    Type: 'AWS::StepFunctions::StateMachine',
    Properties: {
      StateMachineName: 'counting',
      DefinitionSubstitutions: { CountArn: { 'Fn::GetAtt': ['CountLambdaFunction', 'Arn'] } },
      Definition: {
        StartAt: 'Work',
        States: {
          Work: {
            Type: 'Task',
            // biome-ignore lint/suspicious/noTemplateCurlyInString: CloudFormation's, not ours
            Resource: '${CountArn}',
            Retry: [{ ErrorEquals: ['Throttled'], IntervalSeconds: 1, MaxAttempts: 2 }],
            Catch: [{ ErrorEquals: ['States.ALL'], ResultPath: '$.error', Next: 'Failed' }],
            Next: 'What next',
          },
          'What next': {
            Type: 'Choice',
            Choices: [{ Variable: '$.left', NumericGreaterThan: 0, Next: 'Wait' }],
            Default: 'Done',
          },
          Wait: { Type: 'Wait', SecondsPath: '$.waitSeconds', Next: 'Work' },
          Done: { Type: 'Succeed' },
          Failed: { Type: 'Fail', Error: 'Gone' },
        },
      },
    },
  },
};
const FUNCTIONS = { count: { name: 'fixture-local-count', timeoutSeconds: 5, events: [] } };

describe('state machines', function () {
  this.timeout(60_000);
  let aws: LocalAws;
  let lambda: Server;
  const calls: { name: string; left: number }[] = [];
  let failures = 0;

  before(async () => {
    lambda = createServer(async (request, response) => {
      const name = request.url?.split('/')[3] ?? '';
      const body = (await readAll(request)).toString('utf8');
      if (name === '') return void response.writeHead(404).end();
      const { left } = JSON.parse(body);
      calls.push({ name, left });
      if (left < 0 || failures-- > 0) {
        response.setHeader('x-amz-function-error', 'Unhandled');
        return void response.end(JSON.stringify({ errorType: left < 0 ? 'RangeError' : 'Throttled' }));
      }
      response.end(JSON.stringify({ left: left - 1, waitSeconds: 0 }));
    });
    await new Promise<void>((resolve) => lambda.listen(0, '127.0.0.1', resolve));
    const lambdaUrl = `http://127.0.0.1:${(lambda.address() as AddressInfo).port}`;
    aws = await startLocalAws({ dataDir: undefined, port: 0 });
    await aws.registerService({ ...REGISTRATION, lambdaUrl, resources: RESOURCES, functions: FUNCTIONS });
    expect(await aws.waitForServices(['fixture'], 10_000)).to.deep.equal({ outcome: 'ready' });
  });

  after(async () => {
    await aws?.close();
    lambda?.close();
  });

  beforeEach(() => {
    calls.length = 0;
    failures = 0;
  });

  async function send(action: string, body: object): Promise<{ status: number; json: Record<string, unknown> }> {
    const authorization =
      'AWS4-HMAC-SHA256 Credential=t/20200101/us-east-1/states/aws4_request, SignedHeaders=host, Signature=0';
    const headers = {
      authorization,
      'x-amz-target': `AWSStepFunctions.${action}`,
      'content-type': 'application/x-amz-json-1.0',
    };
    const response = await fetch(aws.url, { method: 'POST', headers, body: JSON.stringify(body) });
    return { status: response.status, json: (await response.json()) as Record<string, unknown> };
  }
  const start = (name: string, input: object) =>
    send('StartExecution', { stateMachineArn: MACHINE, name, input: JSON.stringify(input) });

  async function ended(executionArn: unknown): Promise<Record<string, unknown>> {
    for (;;) {
      const { json } = await send('DescribeExecution', { executionArn });
      if (json.status !== 'RUNNING') return json;
      await sleep(20);
    }
  }

  it('call the service’s function until the machine ends', async () => {
    const { json } = await start('three', { left: 3 });
    expect(json.executionArn).to.equal('arn:aws:states:us-east-1:000000000000:execution:counting:three');
    expect(await ended(json.executionArn)).to.deep.include({
      status: 'SUCCEEDED',
      output: '{"left":0,"waitSeconds":0}',
    });
    expect(calls.map(({ name, left }) => `${name} ${left}`)).to.deep.equal(
      [3, 2, 1].map((n) => `fixture-local-count ${n}`),
    );
  });

  it('retry what a function throws by its name, and catch the rest', async () => {
    failures = 1;
    const retried = await ended((await start('retried', { left: 1 })).json.executionArn);
    expect([retried.status, calls.length]).to.deep.equal(['SUCCEEDED', 2]);
    const failed = await ended((await start('failed', { left: -1 })).json.executionArn);
    expect(failed).to.include({ status: 'FAILED', name: 'failed' });
  });

  it('have a history of what their functions answered and threw', async () => {
    failures = 1;
    const { executionArn } = (await start('told', { left: 1 })).json;
    await ended(executionArn);
    const { json } = await send('GetExecutionHistory', { executionArn, reverseOrder: true, maxResults: 3 });
    const [newest, scheduled, failed, ...others] = json.events as Record<string, unknown>[];
    expect(newest).to.deep.include({
      ...{ id: 4, previousEventId: 3, type: 'LambdaFunctionSucceeded' },
      lambdaFunctionSucceededEventDetails: { output: '{"left":0,"waitSeconds":0}' },
    });
    expect(scheduled).to.include({ id: 3, type: 'LambdaFunctionScheduled' });
    expect(failed).to.deep.include({
      ...{ id: 2, type: 'LambdaFunctionFailed' },
      lambdaFunctionFailedEventDetails: { error: 'Throttled', cause: '{"errorType":"Throttled"}' },
    });
    expect(others).to.deep.equal([]);
  });

  it('start only one execution under one name', async () => {
    const { json } = await start('once', { left: 1 });
    await ended(json.executionArn);
    const again = await start('once', { left: 1 });
    expect([again.status, again.json.__type]).to.deep.equal([400, 'ExecutionAlreadyExists']);
    expect(calls).to.have.length(1);
  });

  it('take the same start of a running execution as that execution', async () => {
    failures = 1;
    const first = await start('twice', { left: 1 });
    const second = await start('twice', { left: 1 });
    expect(second.json).to.deep.equal(first.json);
    expect((await start('twice', { left: 2 })).json.__type).to.equal('ExecutionAlreadyExists');
    await ended(first.json.executionArn);
  });

  it('are listed with their executions, newest first', async () => {
    const { json } = await send('ListExecutions', { stateMachineArn: MACHINE, statusFilter: 'SUCCEEDED' });
    expect((json.executions as { name: string }[]).map(({ name }) => name)).to.deep.equal([
      'twice',
      'once',
      'told',
      'retried',
      'three',
    ]);
    expect((await send('ListStateMachines', {})).json.stateMachines).to.have.length(1);
  });

  it('refuse what they do not know, and input that is not JSON', async () => {
    const unknown = await send('StartExecution', { stateMachineArn: `${MACHINE}2`, input: '{}' });
    expect(unknown.json.__type).to.equal('StateMachineDoesNotExist');
    const broken = await send('StartExecution', { stateMachineArn: MACHINE, input: '{' });
    expect(broken.json.__type).to.equal('InvalidExecutionInput');
    expect((await send('DescribeExecution', { executionArn: 'x' })).json.__type).to.equal('ExecutionDoesNotExist');
  });
});
