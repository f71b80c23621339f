import type { TemplateScope } from '../registration/template-values.ts';

/** The variables that lead a function's AWS clients to the AWS door, which tells its calls from others by `caller`. */
export function awsEnvironment(
  caller: string,
  { awsUrl, region }: Pick<TemplateScope, 'awsUrl' | 'region'>,
): Record<string, string> {
  return {
    AWS_ENDPOINT_URL: awsUrl,
    // By IP address: for a host name, the SDK would ask for `bucket.localhost`, which does not resolve.
    AWS_ENDPOINT_URL_S3: awsUrl,
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_ACCESS_KEY_ID: caller,
    AWS_SECRET_ACCESS_KEY: 'local',
  };
}
