/**
 * Types of which moto 5.2 makes nothing, although it says CREATE_COMPLETE. A rehearsal says nothing about these; the
 * checks of the templates (`tests/templates`, `tests/checklist`) do. A type that is not made and is not here fails the
 * rehearsal, and so does one that is made and is here. Of the document of a REST API, moto makes the paths and methods,
 * and nothing of its authorizer, models, checks and answers; and it does not import a new one into an API that is there.
 */
export const UNSEEN_TYPES: readonly string[] = [
  'AWS::ApiGateway::Stage',
  'AWS::ApiGatewayV2::Api',
  'AWS::ApiGatewayV2::Deployment',
  'AWS::ApiGatewayV2::Integration',
  'AWS::ApiGatewayV2::IntegrationResponse',
  'AWS::ApiGatewayV2::Route',
  'AWS::ApiGatewayV2::RouteResponse',
  'AWS::ApiGatewayV2::Stage',
  'AWS::CloudWatch::Alarm',
  'AWS::Lambda::EventInvokeConfig',
  'AWS::Logs::MetricFilter',
  'AWS::S3::BucketPolicy',
  'AWS::SES::ConfigurationSet',
  'AWS::SES::ConfigurationSetEventDestination',
  'AWS::SNS::Subscription',
  'AWS::SNS::TopicPolicy',
  'AWS::SQS::QueuePolicy',
  'AWS::SecretsManager::RotationSchedule',
  'AWS::SecretsManager::Secret',
];
