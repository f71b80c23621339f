import { expect } from 'chai';
import { describeAlarms } from '../alarms/describe-alarms.ts';
import { type PackagedService, packageService, serviceNames } from './package-service.ts';
import { authorizersOf, bodyOf, modelsOf, validatorsOf } from './rest-api/api-body.ts';
import { answerOf, methodsOf } from './rest-api/api-methods.ts';
import {
  type Properties,
  permittedFunction,
  propertiesOf,
  resourcesOf,
  type Statement,
  statementsOf,
  type Template,
  target,
  tasksOf,
  variablesOf,
} from './template.ts';

const STAGE = 'production';
/** API Gateway gives up after 29 s: a later answer of a function is lost. */
const GATEWAY_TIMEOUT_SECONDS = 29;

/** The largest zip that still loads quickly. */
const MAX_ZIP_BYTES = 400_000;
/** Packages with a binary for Lambda's machine, in the zip of the function that needs them. */
const NATIVE = '.native/node_modules/';
/** sharp makes thumbnails, resvg the charts of mails. */
const WITH_BINARIES = ['thumbnail.zip', 'daily.zip', 'mail.zip'];

const TABLE_ACTIONS = [
  'dynamodb:BatchGetItem',
  'dynamodb:GetItem',
  'dynamodb:PartiQLInsert',
  'dynamodb:PartiQLUpdate',
  'dynamodb:PutItem',
  'dynamodb:Query',
  'dynamodb:UpdateItem',
];
/** The actions of a function with POST routes. */
const IDEMPOTENCY_ACTIONS = ['dynamodb:DeleteItem', 'dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem'];
/** The actions of a function that begins, runs or ends jobs, on the reports table and the metrics table. */
const JOB_TABLES_ACTIONS = ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query', 'dynamodb:UpdateItem'];
/** What Lambda does in the name of a function that takes a table's stream. */
const TABLE_STREAM_ACTIONS = ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator'];
const EVERY_FUNCTION = [
  'logs:CreateLogStream',
  'logs:PutLogEvents',
  'xray:PutTelemetryRecords',
  'xray:PutTraceSegments',
];

/** A bucket that is encrypted with the stage's key and closed to the public. */
const CLOSED_BUCKET = {
  PublicAccessBlockConfiguration: {
    BlockPublicAcls: true,
    BlockPublicPolicy: true,
    IgnorePublicAcls: true,
    RestrictPublicBuckets: true,
  },
  BucketEncryption: {
    ServerSideEncryptionConfiguration: [
      {
        BucketKeyEnabled: true,
        ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: { Ref: 'DataKeyArn' } },
      },
    ],
  },
};

/** All permissions of each function. A change here changes what a stolen function can do. */
const ALLOWED: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  'ingest-stream': {
    consume: [
      ...TABLE_ACTIONS,
      'kinesis:DescribeStream',
      'kinesis:DescribeStreamSummary',
      'kinesis:GetRecords',
      'kinesis:GetShardIterator',
      'kinesis:ListShards',
      'kms:Decrypt',
      'kms:GenerateDataKey',
      's3:ListBucket',
      's3:PutObject',
    ],
    sweep: [
      ...TABLE_ACTIONS,
      'kinesis:DescribeStreamSummary',
      'kinesis:GetRecords',
      'kinesis:GetShardIterator',
      'kinesis:ListShards',
      'kms:Decrypt',
      'kms:GenerateDataKey',
      's3:DeleteObject',
      's3:GetObject',
      's3:ListBucket',
      's3:PutObject',
    ],
  },
  api: {
    authorize: [
      'dynamodb:BatchGetItem',
      'dynamodb:GetItem',
      'dynamodb:UpdateItem',
      'kms:Decrypt',
      'secretsmanager:GetSecretValue',
    ],
    keys: [
      ...IDEMPOTENCY_ACTIONS,
      'dynamodb:BatchGetItem',
      'dynamodb:Query',
      'kms:Decrypt',
      'secretsmanager:GetSecretValue',
    ],
    events: [...IDEMPOTENCY_ACTIONS, 'kinesis:PutRecords', 'kms:Decrypt', 'kms:GenerateDataKey'],
    metrics: ['dynamodb:Query', 'kms:Decrypt', 'secretsmanager:GetSecretValue'],
    erase: [
      'dynamodb:BatchGetItem',
      'dynamodb:ConditionCheckItem',
      'dynamodb:DeleteItem',
      'dynamodb:GetItem',
      'dynamodb:PartiQLInsert',
      'dynamodb:PartiQLUpdate',
      'dynamodb:PutItem',
      'dynamodb:Query',
      'dynamodb:UpdateItem',
      'kms:Decrypt',
      'kms:GenerateDataKey',
      's3:DeleteObject',
      's3:GetObject',
      's3:ListBucket',
      's3:PutObject',
      'states:StartExecution',
    ],
    rotate: [
      'kms:Decrypt',
      'kms:GenerateDataKey',
      'secretsmanager:DescribeSecret',
      'secretsmanager:GetSecretValue',
      'secretsmanager:PutSecretValue',
      'secretsmanager:UpdateSecretVersionStage',
    ],
    thumbnail: [
      'dynamodb:GetItem',
      'dynamodb:PutItem',
      'kms:Decrypt',
      'kms:GenerateDataKey',
      's3:DeleteObject',
      's3:GetObject',
      's3:ListBucket',
      's3:PutObject',
      'sqs:SendMessage',
    ],
    users: [
      ...IDEMPOTENCY_ACTIONS,
      'dynamodb:BatchGetItem',
      'dynamodb:PartiQLInsert',
      'dynamodb:PartiQLUpdate',
      'dynamodb:Query',
      'kms:Decrypt',
      'kms:GenerateDataKey',
      's3:DeleteObject',
      's3:GetObject',
      's3:ListBucket',
      's3:PutObject',
      'secretsmanager:GetSecretValue',
      'states:StartExecution',
    ],
    reports: [
      ...IDEMPOTENCY_ACTIONS,
      'dynamodb:Query',
      'kms:Decrypt',
      's3:GetObject',
      's3:ListBucket',
      'secretsmanager:GetSecretValue',
    ],
    alerts: [...IDEMPOTENCY_ACTIONS, 'dynamodb:Query', 'kms:Decrypt', 'secretsmanager:GetSecretValue'],
    webhooks: [
      ...IDEMPOTENCY_ACTIONS,
      'dynamodb:ConditionCheckItem',
      'dynamodb:Query',
      'kms:Decrypt',
      'secretsmanager:GetSecretValue',
    ],
    addresses: [...IDEMPOTENCY_ACTIONS, 'dynamodb:Query', 'kms:Decrypt', 'secretsmanager:GetSecretValue'],
    // Its environment.
    meta: ['kms:Decrypt'],
    probe: [
      'codedeploy:GetApplicationRevision',
      'codedeploy:GetDeployment',
      'codedeploy:PutLifecycleEventHookExecutionStatus',
      'kms:Decrypt',
      'lambda:InvokeFunction',
    ],
  },
  reports: {
    audit: [
      'dynamodb:GetItem',
      'dynamodb:PutItem',
      'dynamodb:Query',
      'kms:Decrypt',
      'kms:GenerateDataKey',
      's3:AbortMultipartUpload',
      's3:GetObject',
      's3:ListBucket',
      's3:PutObject',
      'states:DescribeExecution',
      'states:GetExecutionHistory',
      'states:StartExecution',
    ],
    daily: [
      'dynamodb:GetItem',
      'dynamodb:PutItem',
      'dynamodb:Query',
      'dynamodb:UpdateItem',
      'kms:Decrypt',
      'kms:GenerateDataKey',
      's3:GetObject',
      's3:ListBucket',
      's3:PutObject',
      'sns:Publish',
    ],
    coordinate: [
      ...JOB_TABLES_ACTIONS,
      'dynamodb:BatchGetItem',
      'dynamodb:DescribeStream',
      'dynamodb:GetRecords',
      'dynamodb:GetShardIterator',
      'kms:Decrypt',
      'kms:GenerateDataKey',
      's3:DeleteObject',
      's3:ListBucket',
      's3:PutObject',
      'sns:Publish',
      'sqs:SendMessage',
    ],
    work: [
      ...JOB_TABLES_ACTIONS,
      'kms:Decrypt',
      'kms:GenerateDataKey',
      's3:AbortMultipartUpload',
      's3:DeleteObject',
      's3:GetObject',
      's3:ListBucket',
      's3:PutObject',
      'sns:Publish',
      'sqs:ChangeMessageVisibility',
      'sqs:DeleteMessage',
      'sqs:GetQueueAttributes',
      'sqs:ReceiveMessage',
    ],
    sweep: [
      ...JOB_TABLES_ACTIONS,
      'dynamodb:BatchGetItem',
      'kms:Decrypt',
      'kms:GenerateDataKey',
      's3:DeleteObject',
      's3:ListBucket',
      's3:PutObject',
      'sns:Publish',
    ],
  },
  notifications: {
    evaluate: [
      ...TABLE_STREAM_ACTIONS,
      'dynamodb:DeleteItem',
      'dynamodb:GetItem',
      'dynamodb:PutItem',
      'dynamodb:Query',
      'dynamodb:UpdateItem',
      'execute-api:ManageConnections',
      'kms:Decrypt',
    ],
    dispatch: [
      ...TABLE_STREAM_ACTIONS,
      'dynamodb:ConditionCheckItem',
      'dynamodb:GetItem',
      'dynamodb:PutItem',
      'dynamodb:Query',
      'kms:Decrypt',
      'kms:GenerateDataKey',
      'sqs:SendMessage',
    ],
    deliver: [
      'dynamodb:ConditionCheckItem',
      'dynamodb:DeleteItem',
      'dynamodb:GetItem',
      'dynamodb:UpdateItem',
      'kms:Decrypt',
      'kms:GenerateDataKey',
      'sqs:DeleteMessage',
      'sqs:GetQueueAttributes',
      'sqs:ReceiveMessage',
      'sqs:SendMessage',
    ],
    clock: [
      'dynamodb:PutItem',
      'dynamodb:Query',
      'dynamodb:UpdateItem',
      'kms:Decrypt',
      'kms:GenerateDataKey',
      'sqs:GetQueueAttributes',
      'sqs:SendMessage',
    ],
    socket: [
      'dynamodb:BatchGetItem',
      'dynamodb:DeleteItem',
      'dynamodb:GetItem',
      'dynamodb:PutItem',
      'dynamodb:Query',
      'dynamodb:UpdateItem',
      'execute-api:ManageConnections',
      'kms:Decrypt',
      'secretsmanager:GetSecretValue',
    ],
    hangup: [
      'dynamodb:BatchGetItem',
      'dynamodb:DeleteItem',
      'dynamodb:GetItem',
      'dynamodb:Query',
      'execute-api:ManageConnections',
      'kms:Decrypt',
    ],
    mail: [
      'dynamodb:GetItem',
      'dynamodb:PutItem',
      'dynamodb:Query',
      'dynamodb:UpdateItem',
      'kms:Decrypt',
      's3:GetObject',
      's3:ListBucket',
      'ses:SendEmail',
      'sqs:DeleteMessage',
      'sqs:GetQueueAttributes',
      'sqs:ReceiveMessage',
    ],
    feedback: ['dynamodb:UpdateItem', 'kms:Decrypt', 'kms:GenerateDataKey', 'sqs:SendMessage'],
  },
};

for (const name of serviceNames()) {
  describe(`the package of ${name}`, () => {
    let service: PackagedService;
    let functions: readonly (readonly [string, Properties])[];

    before(() => {
      service = packageService(name, STAGE);
      functions = resourcesOf(service.template, 'AWS::Lambda::Function').map(([id, { Properties }]) => [
        id,
        Properties,
      ]);
    });

    it('is made without credentials and network, with one bundle for each function', () => {
      expect(functions).not.to.have.length(0);
      expect(Object.keys(service.zips)).to.have.length(functions.length);
      for (const [zip, contents] of Object.entries(service.zips)) {
        const files = Object.keys(contents);
        const bundle = `src/handlers/${zip.replace('.zip', '')}`;
        const own = files.filter((file) => !file.startsWith(NATIVE) && !file.startsWith(`${bundle}.chunks/`));
        expect(own, zip).to.deep.equal([`${bundle}.mjs`]);
      }
    });

    it('packages a binary only for the function that needs it, and keeps the others small', () => {
      for (const [zip, files] of Object.entries(service.zips)) {
        if (WITH_BINARIES.includes(zip)) continue;
        expect(
          Object.keys(files).filter((file) => file.startsWith(NATIVE)),
          zip,
        ).to.deep.equal([]);
        expect(service.zipBytes[zip], zip).to.be.below(MAX_ZIP_BYTES);
      }
    });

    it('gives each function a role of its own, and has no other role for functions', () => {
      const roles = functions.map(([, { Role }]) => target(Role));
      expect(new Set(roles).size).to.equal(functions.length);
      const machines = resourcesOf(service.template, 'AWS::StepFunctions::StateMachine');
      const theirs = machines.map(([, { Properties }]) => target(Properties.RoleArn));
      expect(resourcesOf(service.template, 'AWS::IAM::Role').map(([id]) => id)).to.have.members([
        ...[...roles, ...theirs],
        // AWS Backup assumes it.
        ...(name === 'ingest-stream' ? ['BackupRole'] : []),
        // CodeDeploy assumes it.
        ...(name === 'api' ? ['CanaryRole'] : []),
      ]);
    });

    it('leaves the names of roles to CloudFormation', () => {
      for (const [id, { Properties }] of resourcesOf(service.template, 'AWS::IAM::Role')) {
        expect(Properties, id).to.not.have.property('RoleName');
      }
    });

    it('creates each log group before the function that writes to it, and lets no role create it again', () => {
      for (const [id] of functions) {
        const { DependsOn } = service.template.Resources[id] ?? {};
        expect(DependsOn, id).to.include(id.replace('LambdaFunction', 'LogGroup'));
      }
      expect(JSON.stringify(service.template)).to.not.include('logs:CreateLogGroup');
    });

    it('sets time-out, memory, architecture, runtime, tracing and log retention of each function', () => {
      for (const [id, properties] of functions) {
        expect(properties.Timeout, id).to.be.within(1, 900);
        expect(properties.MemorySize, id).to.be.within(128, 3008);
        expect(properties, id).to.deep.include({
          Architectures: ['arm64'],
          Runtime: 'nodejs24.x',
          TracingConfig: { Mode: 'Active' },
        });
        const logs = propertiesOf(service.template, id.replace('LambdaFunction', 'LogGroup'));
        expect(logs, id).to.include({ LogGroupName: `/aws/lambda/${properties.FunctionName}`, RetentionInDays: 90 });
      }
    });

    it('allows each function exactly these permissions', () => {
      const granted = functions.map(([id]) => [shortName(id), actionsOf(service.template, id)]);
      const expected = Object.entries(ALLOWED[name] ?? {}).map(([id, own]) => [id, [...own, ...EVERY_FUNCTION].sort()]);
      expect(Object.fromEntries(granted)).to.deep.equal(Object.fromEntries(expected));
    });

    it('allows only the sending of traces on all resources', () => {
      for (const [id] of functions) {
        const wide = statementsOf(service.template, id).filter(({ resources }) => resources.includes('*'));
        expect(
          wide.flatMap(({ actions }) => actions),
          id,
        ).to.have.members(['xray:PutTraceSegments', 'xray:PutTelemetryRecords']);
      }
    });

    it('lets readers of objects list the bucket without a condition, as else S3 answers 403 for a missing one', () => {
      for (const [id] of functions) {
        const statements = statementsOf(service.template, id);
        const arnsOf = (action: string, hasCondition: boolean) =>
          statements
            .filter(({ actions, condition }) => actions.includes(action) && (hasCondition || condition === undefined))
            .flatMap(({ resources }) => resources.map(bucketOf));
        expect(arnsOf('s3:ListBucket', false), id).to.include.members(arnsOf('s3:GetObject', true));
      }
    });

    it('has time-outs that end before API Gateway gives up', () => {
      const permissions = resourcesOf(service.template, 'AWS::Lambda::Permission').map(
        ([, { Properties }]) => Properties,
      );
      const asked = permissions.filter(({ Principal }) => Principal === 'apigateway.amazonaws.com');
      const ids = new Set(asked.map((own) => permittedFunction(service.template, own)));
      for (const [id, { Timeout }] of functions) {
        if (ids.has(id)) expect(Timeout, id).to.be.below(GATEWAY_TIMEOUT_SECONDS);
      }
    });

    it('gives each task of a state machine more time than its function has, so that no two calls run at once', () => {
      const machines = resourcesOf(service.template, 'AWS::StepFunctions::StateMachine');
      const tasks = tasksOf(service.template);
      expect(tasks.length).to.be.at.least(machines.length);
      for (const { name, timeoutSeconds, functionId } of tasks) {
        const [, { Timeout } = {}] = functions.find(([id]) => id === functionId) ?? [];
        expect(Timeout, name).to.be.a('number');
        expect(timeoutSeconds, name).to.be.above(Number(Timeout));
      }
    });

    it('reads a stream of events with one writer for each shard, and loses no failed record', () => {
      const mappings = resourcesOf(service.template, 'AWS::Lambda::EventSourceMapping');
      const streams = mappings.filter(([id]) => id.includes('EventSourceMappingKinesis'));
      for (const [id, { Properties }] of streams) {
        expect(Properties, id).to.deep.include({
          ParallelizationFactor: 1,
          StartingPosition: 'TRIM_HORIZON',
          FunctionResponseTypes: ['ReportBatchItemFailures'],
          BisectBatchOnFunctionError: true,
          MaximumRetryAttempts: -1,
        });
        const { OnFailure } = Properties.DestinationConfig as { OnFailure: { Destination: unknown } };
        expect(target(OnFailure.Destination), id).to.equal('ArchiveBucket');
      }
    });

    it('has no exports of its own', () => {
      const { Outputs: outputs = {} } = service.template;
      const exported = Object.keys(outputs).filter((id) => outputs[id]?.Export !== undefined);
      // The framework exports these two; no stack imports them.
      expect(['ServerlessDeploymentBucketName', 'ServiceEndpoint', 'ServiceEndpointWebsocket']).to.include.members(
        exported,
      );
    });

    it('creates the stage as a resource: CloudFormation refuses a deployment with a stage that exists', () => {
      for (const [id, { Properties }] of resourcesOf(service.template, 'AWS::ApiGateway::Deployment')) {
        expect(Properties, id).to.not.have.any.keys('StageName', 'StageDescription');
        expect(resourcesOf(service.template, 'AWS::ApiGateway::Stage')).to.have.length(1);
      }
    });

    describeAlarms(name, () => service.template);

    if (name === 'api') {
      it('has no CORS if the stage names no origins', () => {
        const methods = methodsOf(service.template);
        expect(methods.filter(({ name }) => name === 'OPTIONS')).to.have.length(0);
        for (const mock of methods.filter(({ name, path }) => name === 'ANY' && path.startsWith('/v1'))) {
          expect(answerOf(mock, 'OPTIONS')?.StatusCode, mock.id).to.equal('405');
        }
        expect(JSON.stringify(service.template).toLowerCase()).to.not.match(/access-control|weir_cors_origins/);
      });

      it('makes API Gateway check the outline of every body, and the required parameters', () => {
        const validators = validatorsOf(service.template);
        expect(validators.map(([, validator]) => validator)).to.deep.equal([
          { validateRequestBody: true, validateRequestParameters: true },
        ]);
        const models = modelsOf(service.template);
        const methods = methodsOf(service.template);
        const writes = methods.filter(({ name }) => ['POST', 'PUT', 'PATCH'].includes(name));
        for (const { id, properties } of writes) {
          const { RequestModels = {}, RequestValidatorId } = properties;
          expect(RequestValidatorId, id).to.equal(validators[0]?.[0]);
          expect(models.map(([name]) => name)).to.include.members(Object.values(RequestModels));
        }
        // A webhook’s test, a rotation and a retry have no body, and that of a link to unsubscribe may be any form.
        expect(writes.filter(({ properties }) => properties.RequestModels === undefined)).to.have.length(4);
        expect(models.map(([, schema]) => schema)).to.deep.equal([{ type: 'object' }, { type: 'object' }]);
        const checked = methods.filter(({ properties }) => properties.RequestValidatorId !== undefined);
        const asked = checked.flatMap(({ properties }) => Object.keys(properties.RequestParameters));
        expect(asked).to.include('method.request.path.action');
      });

      it('makes API Gateway decode gzip in bodies of any size', () => {
        expect(bodyOf(service.template)).to.include({ 'x-amazon-apigateway-minimum-compression-size': 0 });
      });

      it('lets the state machine of erasures call one function, and nothing else', () => {
        const { Policies } = propertiesOf(service.template, 'ErasureMachineRole') as {
          Policies: readonly {
            PolicyDocument: { Statement: readonly { Action: string | string[]; Resource: unknown }[] };
          }[];
        };
        const statements = Policies.flatMap(({ PolicyDocument }) => PolicyDocument.Statement);
        const [invoke, ...others] = statements;
        expect(invoke?.Action).to.equal('lambda:InvokeFunction');
        expect(target(invoke?.Resource)).to.equal('EraseLambdaFunction');
        const traces = ['GetSamplingRules', 'GetSamplingTargets', 'PutTelemetryRecords', 'PutTraceSegments'];
        expect(others.flatMap(({ Action }) => Action)).to.deep.equal(traces.map((action) => `xray:${action}`));
      });

      it('retries each task of the state machine of erasures, and ends in a failure that raises an alarm', () => {
        const { Definition, DefinitionSubstitutions } = propertiesOf(service.template, 'ErasureMachine') as {
          Definition: { States: Record<string, Record<string, unknown>> };
          DefinitionSubstitutions: Record<string, unknown>;
        };
        const tasks = Object.values(Definition.States).filter(({ Type }) => Type === 'Task');
        expect(tasks).to.have.length(2);
        for (const task of tasks) {
          // biome-ignore lint/suspicious/noTemplateCurlyInString: a variable of CloudFormation, not of JavaScript
          expect(task).to.include({ Resource: '${EraseFunctionArn}' }).and.to.include.keys('Retry');
        }
        expect(target(DefinitionSubstitutions.EraseFunctionArn)).to.equal('EraseLambdaFunction');
        expect(Definition.States.Work).to.have.nested.property('Catch[0].Next', 'Record failure');
        expect(JSON.stringify(Definition.States['What next'])).to.include('"StringEquals":"failed","Next":"Failed"');
      });

      it('checks every quarter of an hour whether a pass of erasures is due, at most one an hour', () => {
        const rules = resourcesOf(service.template, 'AWS::Events::Rule').map(([, { Properties }]) => Properties);
        expect(rules.map(({ ScheduleExpression, State }) => [ScheduleExpression, State])).to.deep.equal([
          ['rate(15 minutes)', 'ENABLED'],
        ]);
        const targets = rules.flatMap(({ Targets }) => Targets as readonly { Arn: unknown; Input: string }[]);
        expect(targets.map(({ Arn, Input }) => [target(Arn), JSON.parse(Input)])).to.deep.equal([
          ['EraseLambdaFunction', { task: 'start-due-pass' }],
        ]);
        for (const id of ['EraseLambdaFunction', 'UsersLambdaFunction']) {
          expect(variablesOf(service.template, id).WEIR_ERASURE_INTERVAL_SECONDS).to.equal('3600');
        }
      });

      it('lets the function erase start the state machine that calls it', () => {
        const [start] = statementsOf(service.template, 'EraseLambdaFunction').filter(({ actions }) =>
          actions.includes('states:StartExecution'),
        );
        expect(start).to.deep.equal({ actions: ['states:StartExecution'], resources: [machineArn()] });
      });

      it('lets the function erase write only to the archive and to reports, and delete only pictures and renamed objects', () => {
        const statements = statementsOf(service.template, 'EraseLambdaFunction');
        const areas = (action: string) =>
          statements
            .filter(({ actions }) => actions.includes(action))
            .flatMap(({ resources }) => resources.map((arn) => /[^/]*\/(.*)"/.exec(JSON.stringify(arn))?.[1]));
        expect(areas('s3:PutObject')).to.deep.equal([
          ...['events/*', 'quarantine/*', 'aws/lambda/*'],
          ...['reports/*', 'drafts/*'],
        ]);
        expect(areas('s3:DeleteObject')).to.deep.equal(['events/*', 'uploads/*', 'originals/*', 'thumbnails/*']);
      });

      it('lets only two functions reach the keys, and only one read the bootstrap key beside the one that rotates it', () => {
        // By reference, or by a literal name.
        const reaching = (...names: string[]) =>
          functions
            .filter(([id]) => {
              const text = JSON.stringify(statementsOf(service.template, id));
              return names.some((name) => text.includes(name));
            })
            .map(([id]) => shortName(id));
        expect(reaching('"KeysTable"', 'table/weir-production-keys')).to.have.members(['authorize', 'keys']);
        expect(reaching('"BootstrapKey"', 'bootstrap-key')).to.have.members(['authorize', 'rotate']);
      });

      it('checks the key on every route except the open ones, and keeps the authorizer’s answer for a minute', () => {
        const called = methodsOf(service.template).filter(({ integration }) => integration.Type !== 'MOCK');
        const methods = called.map(({ id, properties }) => ({
          id,
          open: properties.AuthorizationType === 'NONE',
          authorizer: properties.AuthorizerId,
        }));
        expect(methods.filter(({ open }) => open).map(({ id }) => id)).to.have.members([
          'GET /v1/docs',
          'GET /v1/health',
          'GET /v1/openapi.json',
          'GET /v1/unsubscribe/{token}',
          'POST /v1/unsubscribe/{token}',
        ]);
        for (const { id, open, authorizer } of methods) expect(authorizer, id).to.equal(open ? undefined : 'authorize');
        const [[name, authorizer] = [], ...others] = authorizersOf(service.template);
        expect(others).to.deep.equal([]);
        expect(name).to.equal('authorize');
        expect(authorizer).to.include({
          type: 'request',
          identitySource: 'method.request.header.Authorization',
          authorizerResultTtlInSeconds: 60,
        });
      });

      it('keeps the keys encrypted, with point-in-time recovery', () => {
        const table = propertiesOf(service.template, 'KeysTable');
        expect(table.PointInTimeRecoverySpecification).to.deep.equal({ PointInTimeRecoveryEnabled: true });
        expect(target((table.SSESpecification as { KMSMasterKeyId: unknown }).KMSMasterKeyId)).to.equal('DataKeyArn');
        expect(table).to.not.have.property('TimeToLiveSpecification');
      });

      it('lets the function users reach its own table and secrets and start erasures, and nothing else', () => {
        const own = statementsOf(service.template, 'UsersLambdaFunction').filter(
          (statement) => !isOfEveryFunction(statement),
        );
        expect(own).to.deep.equal([
          {
            actions: ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem'],
            resources: [tableArn('idempotency')],
          },
          {
            actions: ['DeleteItem', 'GetItem', 'PutItem', 'Query', 'UpdateItem'].map((name) => `dynamodb:${name}`),
            resources: [tableArn('users')],
          },
          {
            ...{ actions: ['dynamodb:PutItem'], resources: [tableArn('notifications')] },
            condition: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['addresses'] } },
          },
          {
            actions: ['BatchGetItem', 'PartiQLInsert', 'PartiQLUpdate', 'Query'].map((name) => `dynamodb:${name}`),
            resources: [tableArn('metrics')],
          },
          { actions: ['states:StartExecution'], resources: [machineArn()] },
          { actions: ['s3:PutObject'], resources: [avatarsArn('/uploads/*')] },
          { actions: ['s3:GetObject'], resources: [avatarsArn('/originals/*'), avatarsArn('/thumbnails/*')] },
          { actions: ['s3:ListBucket'], resources: [avatarsArn('')] },
          { actions: ['s3:DeleteObject'], resources: ['/uploads/*', '/originals/*', '/thumbnails/*'].map(avatarsArn) },
          { actions: ['kms:Decrypt', 'kms:GenerateDataKey'], resources: [{ Ref: 'DataKeyArn' }] },
          { actions: ['secretsmanager:GetSecretValue'], resources: [{ Ref: 'CursorSecret' }] },
        ]);
      });

      it('lets the function thumbnail read uploads, write pictures, and send failed events to its queue', () => {
        const own = statementsOf(service.template, 'ThumbnailLambdaFunction').filter(
          (statement) => !isOfEveryFunction(statement),
        );
        expect(own).to.deep.equal([
          { actions: ['dynamodb:GetItem', 'dynamodb:PutItem'], resources: [tableArn('users')] },
          { actions: ['s3:ListBucket'], resources: [avatarsArn('')] },
          { actions: ['s3:GetObject', 's3:DeleteObject'], resources: [avatarsArn('/uploads/*')] },
          {
            actions: ['s3:PutObject', 's3:DeleteObject'],
            resources: [avatarsArn('/originals/*'), avatarsArn('/thumbnails/*')],
          },
          { actions: ['kms:Decrypt', 'kms:GenerateDataKey'], resources: [{ Ref: 'DataKeyArn' }] },
          { actions: ['sqs:SendMessage'], resources: [{ 'Fn::GetAtt': ['ThumbnailDeadLetters', 'Arn'] }] },
        ]);
      });

      it('packages sharp for arm64 with the function thumbnail, where it looks for it', () => {
        const files = Object.keys(service.zips['thumbnail.zip'] ?? {});
        const binary = /@img\/sharp-(?:libvips-)?([a-z]+-[a-z0-9]+)\/lib\/.*\.(?:node|so[0-9.]*)$/;
        const found = files.flatMap((file) => binary.exec(file)?.[1] ?? []);
        expect(found).to.deep.equal(['linux-arm64', 'linux-arm64']);
        expect(files).to.include(`${NATIVE}sharp/package.json`);
        const { Environment } = propertiesOf(service.template, 'ThumbnailLambdaFunction') as {
          Environment: { Variables: Record<string, string> };
        };
        expect(Environment.Variables.NODE_PATH).to.equal(`/var/task/${NATIVE.slice(0, -1)}`);
      });

      it('invokes the function thumbnail for uploads only, without a circle of resources', () => {
        const { NotificationConfiguration } = propertiesOf(service.template, 'AvatarsBucket');
        expect(NotificationConfiguration).to.deep.equal({
          LambdaConfigurations: [
            {
              Event: 's3:ObjectCreated:*',
              Function: { 'Fn::GetAtt': ['ThumbnailLambdaFunction', 'Arn'] },
              Filter: { S3Key: { Rules: [{ Name: 'prefix', Value: 'uploads/' }] } },
            },
          ],
        });
        const permission = service.template.Resources.AvatarsBucketInvokesThumbnail;
        expect(permission?.Properties).to.deep.include({
          Principal: 's3.amazonaws.com',
          SourceAccount: { Ref: 'AWS::AccountId' },
          SourceArn: avatarsArn(''),
        });
        const thumbnail = [
          'ThumbnailLambdaFunction',
          'ThumbnailIamRoleLambdaExecution',
          'AvatarsBucketInvokesThumbnail',
        ];
        for (const id of thumbnail) {
          expect(JSON.stringify(service.template.Resources[id]), id).to.not.include('"AvatarsBucket"');
        }
      });

      it('sends failed events of the function thumbnail to a queue with the longest retention and an alarm', () => {
        const [config] = resourcesOf(service.template, 'AWS::Lambda::EventInvokeConfig').map(
          ([, resource]) => resource,
        );
        expect(config?.Properties).to.deep.include({
          DestinationConfig: { OnFailure: { Destination: { 'Fn::GetAtt': ['ThumbnailDeadLetters', 'Arn'] } } },
          MaximumRetryAttempts: 2,
        });
        expect(propertiesOf(service.template, 'ThumbnailDeadLetters')).to.deep.include({
          MessageRetentionPeriod: 14 * 86_400,
          KmsMasterKeyId: { Ref: 'DataKeyArn' },
        });
        expect(propertiesOf(service.template, 'ThumbnailDeadLettersAlarm')).to.deep.include({
          MetricName: 'ApproximateNumberOfMessagesVisible',
          Dimensions: [{ Name: 'QueueName', Value: { 'Fn::GetAtt': ['ThumbnailDeadLetters', 'QueueName'] } }],
          Threshold: 0,
        });
      });

      it('keeps pictures encrypted, closed to the public and to other origins, and without versions', () => {
        const bucket = propertiesOf(service.template, 'AvatarsBucket');
        expect(bucket).to.not.have.property('VersioningConfiguration');
        expect(bucket).to.deep.include(CLOSED_BUCKET);
        expect(bucket).to.not.have.property('CorsConfiguration');
        const { Rules } = bucket.LifecycleConfiguration as { Rules: Record<string, unknown>[] };
        const days = Rules.find(({ Prefix }) => Prefix === 'uploads/')?.ExpirationInDays;
        // Longer than a failed upload waits in the queue.
        expect(days).to.be.above(14);
      });

      it('keeps people encrypted, with point-in-time recovery', () => {
        expect(propertiesOf(service.template, 'UsersTable')).to.deep.include({
          TableName: `weir-${STAGE}-users`,
          PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
          SSESpecification: { SSEEnabled: true, SSEType: 'KMS', KMSMasterKeyId: { Ref: 'DataKeyArn' } },
          TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
        });
      });
    }

    if (name === 'reports') {
      it('looks each hour whether a day needs a report or an audit, and every five minutes whether a job stands still', () => {
        const rules = resourcesOf(service.template, 'AWS::Events::Rule').map(([, { Properties }]) => Properties);
        expect(rules.map(({ ScheduleExpression, State }) => [ScheduleExpression, State])).to.deep.equal([
          ['cron(10 * * * ? *)', 'ENABLED'],
          ['rate(5 minutes)', 'ENABLED'],
          ['cron(40 * * * ? *)', 'ENABLED'],
        ]);
        expect(variablesOf(service.template, 'DailyLambdaFunction').WEIR_TIME_ZONE).to.equal('UTC');
      });

      it('packages resvg for arm64 and two faces of a font with its licence, where the function daily looks for them', () => {
        const files = Object.keys(service.zips['daily.zip'] ?? {}).filter((file) => file.startsWith(NATIVE));
        const binaries = files.filter((file) => file.endsWith('.node'));
        expect(binaries).to.deep.equal([`${NATIVE}@resvg/resvg-js-linux-arm64-gnu/resvgjs.linux-arm64-gnu.node`]);
        expect(files).to.include(`${NATIVE}@resvg/resvg-js/package.json`);
        const font = `${NATIVE}@expo-google-fonts/inter/`;
        expect(files.filter((file) => file.startsWith(font)).sort()).to.deep.equal(
          [
            '400Regular/Inter_400Regular.ttf',
            '600SemiBold/Inter_600SemiBold.ttf',
            'LICENSE',
            'LICENSE_FONT',
            'package.json',
          ].map((file) => font + file),
        );
        const { Environment } = propertiesOf(service.template, 'DailyLambdaFunction') as {
          Environment: { Variables: Record<string, string> };
        };
        expect(Environment.Variables.NODE_PATH).to.equal(`/var/task/${NATIVE.slice(0, -1)}`);
      });

      it('lets the function daily write reports and their drafts only, and read only the quarantine of the archive', () => {
        const statements = statementsOf(service.template, 'DailyLambdaFunction');
        const areas = (action: string) =>
          statements
            .filter(({ actions }) => actions.includes(action))
            .flatMap(({ resources }) => resources.map((arn) => /[^/]*\/(.*)"/.exec(JSON.stringify(arn))?.[1]));
        expect(areas('s3:PutObject')).to.deep.equal(['drafts/*', 'reports/*']);
        expect(areas('s3:GetObject')).to.deep.equal(['quarantine/*', 'drafts/*', 'reports/*']);
      });

      it('lets the function audit write only what audits find, and start only the machine that calls it', () => {
        const statements = statementsOf(service.template, 'AuditLambdaFunction');
        const areas = (action: string) =>
          statements
            .filter(({ actions }) => actions.includes(action))
            .flatMap(({ resources }) => resources.map((one) => /[^/]*\/(.*)"/.exec(JSON.stringify(one))?.[1]));
        expect(areas('s3:PutObject')).to.deep.equal(['audits/*']);
        expect(areas('s3:GetObject')).to.deep.equal(['events/*', 'audits/work/*']);
        const [start] = statements.filter(({ actions }) => actions.includes('states:StartExecution'));
        expect(start?.resources).to.deep.equal([arn('states', `stateMachine:weir-${STAGE}-audits`)]);
      });

      it('lets the state machine of audits call one function, and retries its task', () => {
        const { Policies } = propertiesOf(service.template, 'AuditMachineRole') as {
          Policies: readonly {
            PolicyDocument: { Statement: readonly { Action: string | string[]; Resource: unknown }[] };
          }[];
        };
        const [invoke, ...others] = Policies.flatMap(({ PolicyDocument }) => PolicyDocument.Statement);
        expect(invoke?.Action).to.equal('lambda:InvokeFunction');
        expect(target(invoke?.Resource)).to.equal('AuditLambdaFunction');
        expect(others.flatMap(({ Action }) => Action).every((action) => action.startsWith('xray:'))).to.equal(true);
        const { Definition } = propertiesOf(service.template, 'AuditMachine') as {
          Definition: { States: Record<string, Record<string, unknown>> };
        };
        expect(Definition.States.Work).to.include.keys('Retry');
        expect(JSON.stringify(Definition.States['What next'])).to.include('"StringEquals":"more","Next":"Work"');
      });

      it('keeps its data encrypted, and closed to the public', () => {
        expect(propertiesOf(service.template, 'ReportsTable')).to.deep.include({
          TableName: `weir-${STAGE}-reports`,
          PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
          SSESpecification: { SSEEnabled: true, SSEType: 'KMS', KMSMasterKeyId: { Ref: 'DataKeyArn' } },
        });
        const messaging = ['AWS::SNS::Topic', 'AWS::SQS::Queue'].flatMap((type) => resourcesOf(service.template, type));
        expect(messaging.map(([id]) => id)).to.have.members([
          ...['ReportReady', 'ReportParts', 'ReportPartsQueue', 'ReportPartsDeadLetters', 'ReportJobsDeadLetters'],
        ]);
        for (const [id, { Properties }] of messaging) {
          expect(Properties, id).to.deep.include({ KmsMasterKeyId: { Ref: 'DataKeyArn' } });
        }
        const bucket = propertiesOf(service.template, 'ReportsBucket');
        expect(bucket).to.not.have.property('VersioningConfiguration');
        expect(bucket).to.deep.include(CLOSED_BUCKET);
      });
    }

    if (name === 'ingest-stream') {
      it('keeps its data encrypted, and closed to the public', () => {
        expect(target(encryptionKeys(service.template).stream)).to.equal('DataKey');
        expect(target(encryptionKeys(service.template).table)).to.equal('DataKey');
        expect(target(encryptionKeys(service.template).bucket)).to.equal('DataKey');
        expect(propertiesOf(service.template, 'ArchiveBucket').PublicAccessBlockConfiguration).to.deep.equal({
          BlockPublicAcls: true,
          BlockPublicPolicy: true,
          IgnorePublicAcls: true,
          RestrictPublicBuckets: true,
        });
      });
    }
  });
}

/** The ARN of a table of the stage, as the common file computes it. */
function tableArn(table: string): unknown {
  return arn('dynamodb', `table/weir-${STAGE}-${table}`);
}

function machineArn(): unknown {
  return arn('states', `stateMachine:weir-${STAGE}-erasures`);
}

function arn(service: string, name: string): unknown {
  const place = ['Partition', 'Region', 'AccountId'].map((part) => `\${AWS::${part}}`);
  return { 'Fn::Sub': `arn:${place[0]}:${service}:${place[1]}:${place[2]}:${name}` };
}

/** The bucket in the ARN of a bucket or of its objects: its name, or its logical id. */
function bucketOf(arn: unknown): string | undefined {
  return /:::([^/"]+)|(\w+Bucket)/.exec(JSON.stringify(arn))?.slice(1).find(Boolean);
}

/** The ARN of the avatars' bucket, or of objects in it. */
function avatarsArn(below: string): unknown {
  const [partition, account] = ['Partition', 'AccountId'].map((part) => `\${AWS::${part}}`);
  return { 'Fn::Sub': `arn:${partition}:s3:::weir-${STAGE}-avatars-${account}${below}` };
}

/** Whether every function has such a statement: for its log, its traces and its environment. */
function isOfEveryFunction({ actions, condition }: Statement): boolean {
  const isOfEnvironment = JSON.stringify(condition ?? {}).includes('aws:lambda:FunctionArn');
  return isOfEnvironment || actions.some((action) => EVERY_FUNCTION.includes(action));
}

/** `ConsumeLambdaFunction` is the function `consume`. */
function shortName(logicalId: string): string {
  return logicalId.replace('LambdaFunction', '').toLowerCase();
}

function actionsOf(template: Template, functionId: string): readonly string[] {
  return [...new Set(statementsOf(template, functionId).flatMap(({ actions }) => actions))].sort();
}

function encryptionKeys(template: Template): { stream: unknown; table: unknown; bucket: unknown } {
  const stream = propertiesOf(template, 'EventStream').StreamEncryption as { KeyId: unknown };
  const table = propertiesOf(template, 'MetricsTable').SSESpecification as { KMSMasterKeyId: unknown };
  const bucket = propertiesOf(template, 'ArchiveBucket').BucketEncryption as {
    ServerSideEncryptionConfiguration: readonly [{ ServerSideEncryptionByDefault: { KMSMasterKeyID: unknown } }];
  };
  return {
    stream: stream.KeyId,
    table: table.KMSMasterKeyId,
    bucket: bucket.ServerSideEncryptionConfiguration[0].ServerSideEncryptionByDefault.KMSMasterKeyID,
  };
}
