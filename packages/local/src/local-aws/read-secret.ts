/** Reads a secret through the AWS door, as an application would; the door checks no signature. */
export async function readSecret(awsUrl: string, region: string, secretId: string): Promise<string> {
  const scope = `local/20250101/${region}/secretsmanager/aws4_request`;
  const response = await fetch(awsUrl, {
    method: 'POST',
    headers: {
      authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=0`,
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': 'secretsmanager.GetSecretValue',
    },
    body: JSON.stringify({ SecretId: secretId }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`the secret ${secretId} cannot be read: ${response.status} ${text}`);
  const { SecretString }: { SecretString: string } = JSON.parse(text);
  return SecretString;
}
