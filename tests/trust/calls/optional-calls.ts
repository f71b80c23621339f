import { ACCOUNT } from '../github-template.ts';
import { API, API_ACTIONS, at, type Calls } from './needed-calls.ts';

const DOMAIN = [
  [`${API}/domainnames`, 'apigateway:POST'],
  [`${API}/domainnames/api.shop.example`, API_ACTIONS],
] as const;
const CACHE_TAGS = 'elasticache:AddTagsToResource ListTagsForResource RemoveTagsFromResource';

/** The same, of types that a stage has only with certain parameters: a canary, a domain, Redis. */
export const OPTIONAL_CALLS: Calls = {
  'AWS::ApiGateway::BasePathMapping': [[`${API}/domainnames/api.shop.example/basepathmappings/m1`, API_ACTIONS]],
  'AWS::ApiGateway::DomainName': DOMAIN,
  'AWS::ApiGatewayV2::ApiMapping': [[`${API}/domainnames/push.shop.example/apimappings/m1`, API_ACTIONS]],
  'AWS::ApiGatewayV2::DomainName': DOMAIN,
  'AWS::ApplicationAutoScaling::ScalableTarget': [
    [
      '*',
      'application-autoscaling:DeleteScheduledAction DeregisterScalableTarget DescribeScalableTargets DescribeScheduledActions PutScheduledAction RegisterScalableTarget',
    ],
    [
      `${at('lambda')}:function:weir-api-{stage}-events`,
      'lambda:DeleteProvisionedConcurrencyConfig GetProvisionedConcurrencyConfig PutProvisionedConcurrencyConfig',
    ],
  ],
  'AWS::CertificateManager::Certificate': [
    [
      '*',
      'acm:AddTagsToCertificate DeleteCertificate DescribeCertificate ListTagsForCertificate RemoveTagsFromCertificate RequestCertificate UpdateCertificateOptions',
    ],
    ['arn:aws:route53:::hostedzone/Z1', 'route53:ChangeResourceRecordSets'],
  ],
  'AWS::CodeDeploy::Application': [
    [
      `${at('codedeploy')}:application:weir-api-{stage}`,
      'codedeploy:CreateApplication DeleteApplication GetApplication ListTagsForResource TagResource UntagResource',
    ],
  ],
  'AWS::CodeDeploy::DeploymentGroup': [
    [
      `${at('codedeploy')}:deploymentgroup:weir-api-{stage}/a`,
      'codedeploy:CreateDeployment CreateDeploymentGroup DeleteDeploymentGroup GetDeployment GetDeploymentGroup ListDeployments ListTagsForResource StopDeployment TagResource UntagResource UpdateDeploymentGroup',
    ],
    [`arn:aws:iam::${ACCOUNT}:role/weir/{stage}/a`, 'iam:PassRole'],
  ],
  'AWS::EC2::RouteTable': [['*', 'ec2:CreateRouteTable DeleteRouteTable DescribeRouteTables CreateTags DeleteTags']],
  'AWS::EC2::SecurityGroup': [
    [
      '*',
      'ec2:AuthorizeSecurityGroupEgress AuthorizeSecurityGroupIngress CreateSecurityGroup DeleteSecurityGroup DescribeSecurityGroups RevokeSecurityGroupEgress RevokeSecurityGroupIngress UpdateSecurityGroupRuleDescriptionsIngress',
    ],
  ],
  'AWS::EC2::Subnet': [['*', 'ec2:CreateSubnet DeleteSubnet DescribeSubnets ModifySubnetAttribute']],
  'AWS::EC2::SubnetRouteTableAssociation': [['*', 'ec2:AssociateRouteTable DisassociateRouteTable']],
  'AWS::EC2::VPC': [['*', 'ec2:CreateVpc DeleteVpc DescribeVpcAttribute DescribeVpcs ModifyVpcAttribute']],
  'AWS::EC2::VPCEndpoint': [
    ['*', 'ec2:CreateVpcEndpoint DeleteVpcEndpoints DescribeVpcEndpoints ModifyVpcEndpoint CreateTags'],
  ],
  'AWS::ElastiCache::ServerlessCache': [
    [
      `${at('elasticache')}:serverlesscache:weir-{stage}`,
      `${CACHE_TAGS} CreateServerlessCache DeleteServerlessCache DescribeServerlessCaches ModifyServerlessCache`,
    ],
    ['*', 'ec2:CreateVpcEndpoint'],
    [`${at('kms')}:key/k1`, 'kms:CreateGrant DescribeKey'],
  ],
  'AWS::ElastiCache::User': [
    [`${at('elasticache')}:user:weir-{stage}`, `${CACHE_TAGS} CreateUser DeleteUser DescribeUsers ModifyUser`],
  ],
  'AWS::ElastiCache::UserGroup': [
    [
      `${at('elasticache')}:usergroup:weir-{stage}`,
      `${CACHE_TAGS} CreateUserGroup DeleteUserGroup DescribeUserGroups ModifyUserGroup`,
    ],
    [`${at('elasticache')}:user:weir-{stage}`, 'elasticache:CreateUserGroup ModifyUserGroup'],
  ],
  'AWS::Lambda::Alias': [
    [
      `${at('lambda')}:function:{FunctionName}`,
      'lambda:CreateAlias DeleteAlias GetAlias GetProvisionedConcurrencyConfig PutProvisionedConcurrencyConfig DeleteProvisionedConcurrencyConfig UpdateAlias',
    ],
    [
      `${at('codedeploy')}:deploymentgroup:weir-api-{stage}/a`,
      'codedeploy:CreateDeployment GetDeployment GetDeploymentGroup StopDeployment',
    ],
    // A deployment registers its AppSpec.
    [
      `${at('codedeploy')}:application:weir-api-{stage}`,
      'codedeploy:GetApplication GetApplicationRevision RegisterApplicationRevision',
    ],
    ['*', 'codedeploy:GetDeploymentConfig'],
  ],
  'AWS::Lambda::Version': [
    [
      `${at('lambda')}:function:{FunctionName}`,
      'lambda:DeleteFunction GetFunctionConfiguration GetRuntimeManagementConfig ListVersionsByFunction PublishVersion',
    ],
  ],
  'AWS::Route53::RecordSet': [
    ['arn:aws:route53:::hostedzone/Z1', 'route53:ChangeResourceRecordSets GetHostedZone ListResourceRecordSets'],
    ['arn:aws:route53:::change/C1', 'route53:GetChange'],
  ],
  'AWS::WAFv2::WebACLAssociation': [
    [`${at('wafv2')}:regional/webacl/a/1`, 'wafv2:AssociateWebACL DisassociateWebACL GetWebACL'],
    [`${API}/restapis/a1/stages/{stage}`, 'apigateway:SetWebACL'],
  ],
};
