import { expect } from 'chai';
import { stub } from 'sinon';
import type { AwsCall, Reply } from '../../aws-calls/aws-call.ts';
import type { Answer } from '../../aws-calls/backend.ts';
import { openJsonStore } from '../../data-dir/json-store.ts';
import { keysAnswer } from './keys.ts';
import { parametersAnswer } from './parameters.ts';
import { randomPassword, type StoredSecret, secretsAnswer } from './secrets.ts';
import { identityAnswer, telemetryAnswer } from './telemetry.ts';

const HEAD = { method: 'POST', target: '/', headers: {} };

function callOf(action: string, more: Partial<AwsCall> = {}): AwsCall {
  const call = { service: 'local', action, resource: undefined, caller: 'tester', region: 'us-east-1' };
  return { ...call, format: 'json', requestBytes: 0, ...more };
}

/** Calls, and reads the JSON of the answer. */
async function ask(answer: Answer, action: string, input: object | string = {}): Promise<Record<string, unknown>> {
  const body = Buffer.from(typeof input === 'string' ? input : JSON.stringify(input));
  const reply = await answer(callOf(action), HEAD, body);
  return { status: reply.status, ...JSON.parse(reply.body.toString()) };
}

describe("the local AWS' own answers", () => {
  const services: readonly [string, Answer][] = [
    ['Secrets Manager', secretsAnswer(openJsonStore(undefined))],
    ['the parameter store', parametersAnswer(openJsonStore(undefined))],
    ['KMS', keysAnswer()],
  ];
  for (const [name, answer] of services) {
    for (const action of ['DoSomethingNew', 'constructor', '__proto__']) {
      it(`of ${name} know no ${action}`, async () => {
        expect(await ask(answer, action)).to.include({ status: 400, __type: 'UnknownOperationException' });
      });
    }

    it(`of ${name} refuse input that is not JSON, as AWS does`, async () => {
      const [action = ''] = { 'Secrets Manager': ['GetSecretValue'], KMS: ['Encrypt'] }[name] ?? ['GetParameter'];
      expect(await ask(answer, action, '{"Name":')).to.include({ status: 400, __type: 'SerializationException' });
    });
  }
});

describe("the local AWS' secrets", () => {
  let answer: Answer;
  beforeEach(() => {
    answer = secretsAnswer(openJsonStore(undefined));
  });

  it('are found by name, by ARN, and by ARN without its suffix', async () => {
    const { ARN, VersionId } = await ask(answer, 'CreateSecret', { Name: 'a/key', SecretString: 's' });
    expect(ARN).to.match(/:secret:a\/key-\w{6}$/);
    for (const SecretId of ['a/key', String(ARN), String(ARN).replace(/-\w{6}$/, '')]) {
      const found = await ask(answer, 'GetSecretValue', { SecretId });
      expect(found).to.include({ Name: 'a/key', SecretString: 's', ARN, VersionId });
    }
    expect(await ask(answer, 'GetSecretValue', { SecretId: 'a' })).to.include({ __type: 'ResourceNotFoundException' });
  });

  it('keep the first value when they are made again', async () => {
    await ask(answer, 'CreateSecret', { Name: 'key', SecretString: 'first' });
    const again = await ask(answer, 'CreateSecret', { Name: 'key', SecretString: 'second' });
    expect(again).to.include({ status: 400, __type: 'ResourceExistsException' });
    expect(await ask(answer, 'GetSecretValue', { SecretId: 'key' })).to.include({ SecretString: 'first' });
  });

  for (const action of ['PutSecretValue', 'UpdateSecret']) {
    it(`get a new version by ${action}, under the same ARN`, async () => {
      const made = await ask(answer, 'CreateSecret', { Name: 'key', SecretString: 'first' });
      const put = await ask(answer, action, { SecretId: 'key', SecretString: 'second' });
      expect(put.ARN).to.equal(made.ARN);
      expect(put.VersionId).not.to.equal(made.VersionId);
      expect(await ask(answer, 'GetSecretValue', { SecretId: 'key' })).to.include({ SecretString: 'second' });
      expect(await ask(answer, action, { SecretId: 'none' })).to.include({ __type: 'ResourceNotFoundException' });
    });
  }

  it('are rotated: the version that waits gets one value, and then the labels move', async () => {
    const { VersionId: old } = await ask(answer, 'CreateSecret', { Name: 'key', SecretString: 'first' });
    const { VersionId } = await ask(answer, 'RotateSecret', { SecretId: 'key' });
    expect(await ask(answer, 'RotateSecret', { SecretId: 'key' }), 'it still waits').to.include({ VersionId });
    const read = (more: object) => ask(answer, 'GetSecretValue', { SecretId: 'key', ...more });
    expect(await read({ VersionId })).to.include({ __type: 'ResourceNotFoundException' });
    expect(await read({ VersionStage: 'AWSPREVIOUS' })).to.include({ __type: 'ResourceNotFoundException' });
    const version = { SecretId: 'key', ClientRequestToken: VersionId, VersionStages: ['AWSPENDING'] };
    const move = { SecretId: 'key', VersionStage: 'AWSCURRENT', MoveToVersionId: VersionId, RemoveFromVersionId: old };
    expect(await ask(answer, 'UpdateSecretVersionStage', move)).to.include({ __type: 'InvalidParameterException' });
    await ask(answer, 'PutSecretValue', { ...version, SecretString: 'second' });
    const zombie = await ask(answer, 'PutSecretValue', { ...version, SecretString: 'third' });
    expect(zombie).to.include({ __type: 'ResourceExistsException' });
    expect(await read({})).to.include({ SecretString: 'first' });
    await ask(answer, 'UpdateSecretVersionStage', move);
    expect(await read({})).to.include({ SecretString: 'second', VersionId });
    expect(await read({ VersionStage: 'AWSPREVIOUS' })).to.include({ SecretString: 'first', VersionId: old });
    const { VersionIdsToStages } = await ask(answer, 'DescribeSecret', { SecretId: 'key' });
    expect(VersionIdsToStages).to.deep.equal({ [String(VersionId)]: ['AWSCURRENT'], [String(old)]: ['AWSPREVIOUS'] });
  });

  it('are listed and described without their values, until they are deleted', async () => {
    await ask(answer, 'CreateSecret', { Name: 'key', SecretString: 'hidden' });
    const listed = await ask(answer, 'ListSecrets');
    expect((listed.SecretList as { Name: string }[]).map(({ Name }) => Name)).to.deep.equal(['key']);
    const described = await ask(answer, 'DescribeSecret', { SecretId: 'key' });
    expect(JSON.stringify([listed, described])).not.to.include('hidden');
    await ask(answer, 'DeleteSecret', { SecretId: 'key' });
    expect(await ask(answer, 'DescribeSecret', { SecretId: 'key' })).to.include({ status: 400 });
  });

  const full = Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC', syscall: 'write' });
  const foreign = Object.assign(new Error('EACCES: permission denied, open'), { code: 'EACCES', syscall: 'open' });
  for (const [error, next] of [
    [full, 'make room on the disk'],
    [foreign, 'make the folder of the state writable'],
  ] as const) {
    it(`are refused with one sentence where they cannot be written: ${error.code}`, async () => {
      const store = { ...openJsonStore<StoredSecret>(undefined), set: stub().throws(error) };
      expect(await ask(secretsAnswer(store), 'CreateSecret', { Name: 'key', SecretString: 's' })).to.deep.equal({
        ...{ status: 500, __type: 'InternalServerError' },
        message: `The local AWS could not write this (${error.message}), and has changed nothing: ${next}, then call again`,
      });
    });
  }

  it('throw what nobody expects, and the door drops the call', async () => {
    const store = { ...openJsonStore<StoredSecret>(undefined), set: stub().throws(new TypeError('no')) };
    const thrown = await ask(secretsAnswer(store), 'CreateSecret', { Name: 'key' }).catch(String);
    expect(thrown).to.equal('TypeError: no');
  });

  it('may be generated of any length, of letters and digits', async () => {
    expect(randomPassword(300)).to.match(/^[A-Za-z2-9]{300}$/);
    expect((await ask(answer, 'GetRandomPassword', { PasswordLength: 7 })).RandomPassword).to.have.length(7);
    expect((await ask(answer, 'GetRandomPassword')).RandomPassword).to.have.length(32);
  });
});

describe("the local AWS' parameters", () => {
  let answer: Answer;
  beforeEach(async () => {
    answer = parametersAnswer(openJsonStore(undefined));
    for (const Name of ['/weir/a', '/weir/b/c', '/weirdo', 'plain']) {
      await ask(answer, 'PutParameter', { Name, Value: `of ${Name}` });
    }
  });
  const namesOf = ({ Parameters }: Record<string, unknown>) =>
    (Parameters as { Name: string }[]).map(({ Name }) => Name);

  it('are read with type, version and ARN', async () => {
    expect((await ask(answer, 'GetParameter', { Name: '/weir/a' })).Parameter).to.deep.equal({
      ...{ Name: '/weir/a', Type: 'String', Value: 'of /weir/a', Version: 1 },
      ARN: 'arn:aws:ssm:us-east-1:000000000000:parameter/weir/a',
    });
    expect(await ask(answer, 'GetParameter', { Name: '/weir' })).to.include({
      status: 400,
      __type: 'ParameterNotFound',
    });
  });

  it('are overwritten only if that is asked for', async () => {
    const again = { Name: '/weir/a', Value: 'new' };
    expect(await ask(answer, 'PutParameter', again)).to.include({ __type: 'ParameterAlreadyExists' });
    expect(await ask(answer, 'PutParameter', { ...again, Overwrite: true })).to.include({ Version: 2 });
    expect((await ask(answer, 'GetParameter', { Name: '/weir/a' })).Parameter).to.include({ Value: 'new', Version: 2 });
  });

  it('are read together, with the names of those that are not there', async () => {
    const found = await ask(answer, 'GetParameters', { Names: ['plain', 'none', '/weir/a'] });
    expect(namesOf(found)).to.have.members(['plain', '/weir/a']);
    expect(found.InvalidParameters).to.deep.equal(['none']);
  });

  for (const [input, names] of [
    [{ Path: '/weir' }, ['/weir/a']],
    [{ Path: '/weir/' }, ['/weir/a']],
    [{ Path: '/weir', Recursive: true }, ['/weir/a', '/weir/b/c']],
    [{ Path: '/', Recursive: true }, ['/weir/a', '/weir/b/c', '/weirdo']],
    [{ Path: '/none' }, []],
  ] as const) {
    it(`below ${JSON.stringify(input)} are ${JSON.stringify(names)}`, async () => {
      expect(namesOf(await ask(answer, 'GetParametersByPath', input))).to.deep.equal(names);
    });
  }

  it('that were deleted may be made again', async () => {
    await ask(answer, 'DeleteParameter', { Name: 'plain' });
    expect(await ask(answer, 'PutParameter', { Name: 'plain', Value: 'x' })).to.include({ Version: 1 });
  });
});

describe("the local AWS' keys", () => {
  it('give back what they took', async () => {
    const answer = keysAnswer();
    const Plaintext = Buffer.from('geheim').toString('base64');
    const { CiphertextBlob, KeyId } = await ask(answer, 'Encrypt', { KeyId: 'alias/a', Plaintext });
    expect(KeyId).to.equal('arn:aws:kms:us-east-1:000000000000:key/a');
    expect(CiphertextBlob).not.to.equal(Plaintext);
    expect(await ask(answer, 'Decrypt', { CiphertextBlob })).to.include({ Plaintext });
    const data = await ask(answer, 'GenerateDataKey', { KeyId: 'a' });
    expect(Buffer.from(String(data.Plaintext), 'base64')).to.have.length(32);
    expect(await ask(answer, 'Decrypt', data)).to.include({ Plaintext: data.Plaintext });
  });

  it('refuse what they did not make', async () => {
    const CiphertextBlob = Buffer.from('anything').toString('base64');
    expect(await ask(keysAnswer(), 'Decrypt', { CiphertextBlob })).to.include({ __type: 'InvalidCiphertextException' });
  });
});

describe("the local AWS' telemetry", () => {
  const answered = async (answer: Answer, more: Partial<AwsCall>): Promise<Reply> => {
    return answer(callOf('PutMetricData', more), HEAD, Buffer.alloc(0));
  };

  for (const [format, body] of [
    ['json', '{}'],
    ['rest-json', '{}'],
    ['query', '<PutMetricDataResponse></PutMetricDataResponse>'],
    ['cbor', '\u00a0'],
  ] as const) {
    it(`is taken in ${format}`, async () => {
      const reply = await answered(telemetryAnswer, { format });
      expect([reply.status, reply.body.toString('latin1')]).to.deep.equal([200, body]);
    });
  }

  it('knows who calls', async () => {
    expect(String((await answered(identityAnswer, { format: 'query' })).body)).to.include('user/tester</Arn>');
    expect(String((await answered(identityAnswer, { caller: undefined })).body)).to.include('user/local</Arn>');
  });
});
