import { type LambdaClientConfig } from '@aws-sdk/client-lambda';
import type { Invoke } from '../run-report.ts';
/** Calls functions of an account, or of the local AWS. A call is never repeated: it may be under way still. */
export declare function createLambdaInvoke(config: LambdaClientConfig): Invoke;
