// How roles are evaluated and recorded, for the tests that compare them with the packaged templates.
export { scopeServices } from './aws-door/rights/facts/template-facts.ts';
export { sendNeeds, sourceNeeds } from './aws-door/rights/needs/acting-needs.ts';
export { callNeeds, knownCalls } from './aws-door/rights/needs/call-needs.ts';
export { withKeyNeeds } from './aws-door/rights/needs/key-needs.ts';
export { deletionNeeds, knownS3Calls, s3Needs } from './aws-door/rights/needs/s3-needs.ts';
export { type Grant, matchesPattern, type Need, readPolicy } from './aws-door/rights/policy/policy.ts';
export { type RecordedNeed, testFileOf } from './aws-door/rights/record/record-needs.ts';
export { type Role, rolesOf } from './aws-door/rights/roles.ts';
export type { ServiceRegistration } from './registration/service-registration.ts';
