import { arnOf, functionArn } from '../framework/arns.ts';
import type { Service, TemplateResource } from '../framework/serverless.ts';
import type { CanaryPlan } from './canary-plan.ts';
import { ALIAS } from './names.ts';

/**
 * CodeDeploy's role: it moves the aliases of these functions, invokes the one that tries versions, and reads alarms.
 * The managed role may change every function of the account.
 */
export function codeDeployRole(service: Service, plan: CanaryPlan): TemplateResource {
  const names = plan.functions.map((key) => String(service.getFunction(key).name));
  return {
    Type: 'AWS::IAM::Role',
    Properties: {
      AssumeRolePolicyDocument: policyOf({
        Principal: { Service: 'codedeploy.amazonaws.com' },
        Action: 'sts:AssumeRole',
        Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
      }),
      Policies: [
        {
          PolicyName: 'canary',
          PolicyDocument: policyOf(
            { Action: ['lambda:GetAlias', 'lambda:UpdateAlias'], Resource: names.map(functionArn) },
            {
              // CodeDeploy also asks where there is none.
              Action: 'lambda:GetProvisionedConcurrencyConfig',
              Resource: names.map((name) => functionArn(`${name}:${ALIAS}`)),
            },
            { Action: 'lambda:InvokeFunction', Resource: functionArn(String(service.getFunction(plan.probe).name)) },
            { Action: 'cloudwatch:DescribeAlarms', Resource: arnOf('cloudwatch', 'alarm:*') },
          ),
        },
      ],
    },
  };
}

function policyOf(...statements: readonly object[]): object {
  return { Version: '2012-10-17', Statement: statements.map((statement) => ({ Effect: 'Allow', ...statement })) };
}
