export { resolveValue } from '../registration/template-values.ts';
export { awsEnvironment } from './aws-environment.ts';
export { type LambdaFunction, type LambdaInstance, startLambda } from './start-lambda.ts';
