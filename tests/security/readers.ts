import { matchesPattern, type Role } from '@weir/local/rights';

/** Actions by which a function sees what a store holds. */
const READS = [
  'dynamodb:BatchGetItem',
  'dynamodb:GetItem',
  'dynamodb:GetRecords',
  'dynamodb:Query',
  'dynamodb:Scan',
  'kinesis:GetRecords',
  's3:GetObject',
  'secretsmanager:GetSecretValue',
  'sqs:ReceiveMessage',
];

/**
 * The functions that may read a store, as `<service>/<function>`. A store is named as in docs/security.md: without
 * `weir-<stage>-`, and with a folder for a part of a bucket (`archive/events`).
 */
export function readersOf(store: string, roles: readonly Role[]): readonly string[] {
  const [bucket = '', ...folder] = store.split('/');
  const object = `arn:aws:s3:::weir-local-${bucket}-000000000000/${folder.join('/')}/x`;
  // A table's own stream and indexes follow its name, and six characters that of a secret.
  const whole = new RegExp(`[:/]weir-local-${store}(/stream/.*|/index/.*|-local0|-[?]{6})?$`);
  const isIn = (resource: string) =>
    folder.length > 0 ? matchesPattern(resource, object) : !resource.startsWith('arn:aws:s3') && whole.test(resource);
  return roles
    .filter(({ policy }) =>
      policy?.grants.some(
        ({ effect, action, resource }) => effect === 'Allow' && READS.includes(action) && isIn(resource),
      ),
    )
    .map(({ name }) => name.replace('weir-', '').replace('-local-', '/'))
    .sort();
}
