import { join } from 'node:path';
import { buildPackage } from '@weir/publishing';

// The oldest browsers that have `AbortSignal.any`; and the oldest Node of package.json's `engines`.
await buildPackage(join(import.meta.dirname, '..'), {
  platform: 'neutral',
  target: ['chrome116', 'firefox124', 'safari17.4', 'node20.12'],
});
