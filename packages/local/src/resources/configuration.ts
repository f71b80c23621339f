import { randomPassword } from '../emulators/answers/secrets.ts';
import type { CreateResource } from './create-resource.ts';
import { expectCreated } from './expect-created.ts';

/** CloudFormation's `GenerateSecretString`. */
interface Generator {
  readonly PasswordLength?: number;
  readonly SecretStringTemplate?: string;
  readonly GenerateStringKey?: string;
}

/** Creates a secret with its value, generated if the template says so; an existing value is kept. */
export const createSecret: CreateResource = async (aws, { physical: { name }, properties }) => {
  const generator = properties.GenerateSecretString as Generator | undefined;
  const SecretString = properties.SecretString ?? generate(generator ?? {});
  const outcome = await aws.json('secretsmanager', 'CreateSecret', { Name: name, SecretString });
  expectCreated(outcome, `secret ${name}`, ['ResourceExistsException']);
};

/** Creates a parameter, or gives an existing one the template's value. */
export const createParameter: CreateResource = async (aws, { physical: { name }, properties: { Type, Value } }) => {
  expectCreated(
    await aws.json('ssm', 'PutParameter', { Name: name, Type, Value, Overwrite: true }),
    `parameter ${name}`,
  );
};

function generate({ PasswordLength = 32, SecretStringTemplate, GenerateStringKey }: Generator): string {
  const password = randomPassword(PasswordLength);
  if (SecretStringTemplate === undefined || GenerateStringKey === undefined) return password;
  return JSON.stringify({ ...JSON.parse(SecretStringTemplate), [GenerateStringKey]: password });
}
