import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { breakService, checkedTemplates, type Templates } from './checked-templates.ts';
import { type Break, findsBreaks, type Resources } from './finds-breaks.ts';
import { checkPrivileges } from './least-privilege/check-privileges.ts';
import { PERMISSIONS_FILE, readServiceTexts } from './least-privilege/permissions-file.ts';
import { permissionsPage } from './least-privilege/permissions-page.ts';

describe('the checklist: least privilege', () => {
  let templates: Templates;
  before(() => {
    templates = checkedTemplates();
  });

  it('gives each function a role of its own, and no wildcard without a reason', () => {
    expect(checkPrivileges(templates)).to.deep.equal([]);
  });

  it('shows in docs/permissions.md what each function may do: npm run permissions', () => {
    expect(readFileSync(PERMISSIONS_FILE, 'utf8')).to.equal(permissionsPage(templates, readServiceTexts()));
  });

  const statementOf = (r: Resources, role: string) => r[role]?.Properties.Policies[0].PolicyDocument.Statement.at(-2);
  const meta = 'MetaIamRoleLambdaExecution';
  const breaks: readonly (readonly [Break[0], Break[1], Break[3]])[] = [
    [
      ...(['KeysLambdaFunction', /shares its role with AuthorizeLambdaFunction/] as const),
      (r) => Object.assign(r.KeysLambdaFunction?.Properties, { Role: r.AuthorizeLambdaFunction?.Properties.Role }),
    ],
    [
      ...(['KeysLambdaFunction', /has no role here/] as const),
      (r) => Object.assign(r.KeysLambdaFunction?.Properties, { Role: 'arn:aws:iam::1:role/admin' }),
    ],
    [
      meta,
      /allows s3:\* on/,
      (r) => Object.assign(statementOf(r, meta), { Action: ['s3:*'], Resource: 'arn:aws:s3:::a' }),
    ],
    [meta, /allows dynamodb:Scan on \*/, (r) => Object.assign(statementOf(r, meta), { Action: 'dynamodb:Scan' })],
    [
      ...([meta, /allows s3:GetObject on weir-production-archive-<account>\/\*/] as const),
      (r) => {
        const Resource = { 'Fn::Sub': 'arn:aws:s3:::weir-production-archive-$' + '{AWS::AccountId}/*' };
        Object.assign(statementOf(r, meta), { Action: 's3:GetObject', Resource });
      },
    ],
    [
      ...([meta, /allows sqs:SendMessage on \*/] as const),
      (r) => {
        const PolicyDocument = { Statement: [{ Effect: 'Allow', Action: ['sqs:SendMessage'], Resource: '*' }] };
        r.More = { Type: 'AWS::IAM::Policy', Properties: { Roles: [{ Ref: meta }], PolicyDocument } };
      },
    ],
  ];
  findsBreaks(
    checkPrivileges,
    () => templates,
    breaks.map(([place, problem, change]) => [place, problem, 'api', change]),
  );

  it('finds a reason that no role needs any more', () => {
    const { 'ingest-stream': ingest = { Resources: {} } } = templates;
    const found = checkPrivileges({ 'ingest-stream': ingest });
    expect(found.map(({ problem }) => problem)).to.include('no role has execution:weir-<stage>-audits:*');
  });

  it('shows a change of a role in the page', () => {
    const wider = breakService(templates, 'api', (r) => statementOf(r, meta).Action.push('xray:GetTraceSummaries'));
    expect(permissionsPage(wider, readServiceTexts())).to.include('`xray:GetTraceSummaries`');
  });
});
