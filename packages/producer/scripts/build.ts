import { join } from 'node:path';
import { buildPackage } from '@weir/publishing';

await buildPackage(join(import.meta.dirname, '..'), {
  platform: 'node',
  // The oldest Node of package.json's `engines`.
  target: 'node20.12',
  external: ['@aws-sdk/*'],
});
