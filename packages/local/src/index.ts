export type { FaultRule } from './aws-door/faults.ts';
export type { CallUsage, Usage } from './aws-door/usage.ts';
export type { LocalAws, LocalAwsOptions } from './local-aws/local-aws.ts';
export { readSecret } from './local-aws/read-secret.ts';
export { startLocalAws } from './local-aws/start-local-aws.ts';
export {
  type LocalPorts,
  localPorts,
  type NumberedService,
  numberedService,
  SERVICE_NUMBERS,
  type ServicePorts,
} from './ports/local-ports.ts';
export type {
  RegisteredFunction,
  ServiceRegistration,
  ServiceStatus,
  TemplateResource,
} from './registration/service-registration.ts';
export type { WaitResult } from './registration/service-registry.ts';
