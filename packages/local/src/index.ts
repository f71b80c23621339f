export { blockedPort } from './blocked-port.ts';
export { readSecret } from './cli/bootstrap-key.ts';
export type { CallUsage, Usage } from './door/usage.ts';
export type { LocalAws, LocalAwsOptions, WaitResult } from './local-aws.ts';
export {
  type LocalPorts,
  localPorts,
  type NumberedService,
  numberedService,
  type ServicePorts,
  serviceNumbers,
} from './ports.ts';
export type {
  RegisteredFunction,
  ServiceRegistration,
  ServiceStatus,
  TemplateResource,
} from './service-registration.ts';
export { startLocalAws } from './start-local-aws.ts';
