import type { UserProfile } from '@weir/dynamodb/users';
import { type Checked, createCheck } from '../../http/bodies/check-value.ts';
import { MAX_PROFILE_BYTES } from './limits.ts';
import { profileSchema } from './profile-schema.ts';

const checkSchema = createCheck(profileSchema, {
  [profileSchema.properties.email.pattern]: 'must have something before and after one @, and no spaces',
});

/** Checks a whole profile: by its schema, and for limits that a schema cannot express. */
export function checkProfile(value: unknown): Checked<UserProfile> {
  const checked = checkSchema(value);
  if (checked.kind === 'faults') return checked;
  const bytes = Buffer.byteLength(JSON.stringify(checked.value));
  if (bytes <= MAX_PROFILE_BYTES) return checked;
  const detail = `the profile has ${bytes} bytes of JSON, at most ${MAX_PROFILE_BYTES} are kept`;
  return { kind: 'faults', faults: [{ pointer: '', detail }] };
}
