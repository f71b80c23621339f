import { CURSOR_SECRET_TTL_MS } from '@weir/api/src/http/requests/cursor.ts';
import { SECRET_TTL_MS } from '@weir/api/src/keys/limits.ts';
import { REDIS_SECRET_TTL_MS } from '@weir/api/src/redis/secret-address.ts';
import { expect } from 'chai';
import { checkedTemplates, type Templates } from './checked-templates.ts';
import { type Break, findsBreaks, type Resources } from './finds-breaks.ts';
import { checkReaders } from './secrets/check-readers.ts';
import { checkSecrets } from './secrets/check-secrets.ts';
import { functionSources } from './secrets/function-sources.ts';

const MAX_TTL_MS = 900_000;

describe('the checklist: secrets', () => {
  let templates: Templates;
  before(() => {
    templates = checkedTemplates();
  });

  it('stand in Secrets Manager alone, made by it, and a function rotates the bootstrap key', () => {
    expect(checkSecrets(templates)).to.deep.equal([]);
  });

  it('are cached by whoever reads them, for minutes', () => {
    expect(checkReaders(functionSources())).to.deep.equal([]);
    const kept = [SECRET_TTL_MS, CURSOR_SECRET_TTL_MS, REDIS_SECRET_TTL_MS];
    for (const ttlMs of kept) expect(ttlMs).to.be.within(1_000, MAX_TTL_MS);
  });

  const setVariable = (name: string, value: string) => (r: Resources) =>
    Object.assign(r.MetaLambdaFunction?.Properties.Environment.Variables, { [name]: value });
  const schedule = (r: Resources) => r.BootstrapKeyRotation?.Properties;
  const breaks: readonly (readonly [Break[0], Break[1], Break[3]])[] = [
    ['MetaLambdaFunction', /text of a secret/, setVariable('WEIR_A', '{{resolve:secretsmanager:weir:SecretString}}')],
    [
      'MetaLambdaFunction',
      /text of a secret/,
      setVariable('WEIR_REDIS_URL', 'rediss://user:hidden@cache.example:6379'),
    ],
    ['MetaLambdaFunction', /text of a secret/, setVariable('WEIR_B', `weir_${'a'.repeat(49)}`)],
    ['MetaLambdaFunction WEIR_SIGNING_SECRET', /with a secret/, setVariable('WEIR_SIGNING_SECRET', 'hunter2')],
    [
      ...(['CursorSecret', /stands in the template/] as const),
      (r) => Object.assign(r.CursorSecret?.Properties, { SecretString: 'x' }),
    ],
    ['CursorSecret', /stands in the template/, (r) => delete r.CursorSecret?.Properties.GenerateSecretString],
    ['BootstrapKey', /is not rotated/, (r) => delete r.BootstrapKeyRotation],
    [
      'BootstrapKeyRotation',
      /after 400 days/,
      (r) => Object.assign(schedule(r).RotationRules, { AutomaticallyAfterDays: 400 }),
    ],
    ['BootstrapKeyRotation', /may not be invoked/, (r) => delete r.SecretsManagerInvokesRotate],
    [
      ...(['BootstrapKeyRotation', /may not PutSecretValue/] as const),
      (r) => r.RotateIamRoleLambdaExecution?.Properties.Policies[0].PolicyDocument.Statement.splice(1, 1),
    ],
  ];
  findsBreaks(
    checkSecrets,
    () => templates,
    breaks.map(([place, problem, change]) => [place, problem, 'api', change]),
  );

  it('have a test that finds a file that reads them by itself', () => {
    const path = 'services/api/src/handlers/new.ts';
    const files = { ...functionSources(), [path]: "import { X } from '@aws-sdk/client-secrets-manager';" };
    expect(checkReaders(files)).to.deep.equal([`${path} reads secrets by itself`]);
    expect(checkReaders({})).to.include('services/api/src/handlers/rotate.ts reads no secret any more');
  });
});
