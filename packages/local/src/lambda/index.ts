export { resolveValue } from '../registration/template-values.ts';
export { type LambdaFunction, type LambdaInstance, startLambda } from './start-lambda.ts';
export { wayToAws } from './way-to-aws.ts';
