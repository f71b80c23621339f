import { roleStatementsOf } from '../checklist/least-privilege/grants-of.ts';
import { propertiesOf, resourcesOf, type Template, target } from './template.ts';

/** The names of endpoints that differ from the prefix of the service's actions. */
const ENDPOINT_NAMES: Readonly<Record<string, string>> = { kinesis: 'kinesis-streams', ses: 'email' };

/** Services for which a role has grants, and which its function does not call over the network of its VPC. */
const NOT_CALLED: Readonly<Record<string, string>> = {
  ec2: 'Lambda calls it, and the function is denied it',
  elasticache: 'the function signs a request, and sends it to the cache as a password',
  kms: 'the services that encrypt data call it, and Lambda for the environment',
  logs: 'Lambda sends logs from outside of the function and its VPC',
  xray: 'Lambda sends traces from outside of the function and its VPC',
};

/** Services that functions in a VPC may call and cannot reach, as it has no endpoint for them; and needless endpoints. */
export function endpointProblems(template: Template): readonly string[] {
  const called = functionsInVpc(template).flatMap((id) => {
    const role = target(propertiesOf(template, id).Role) ?? '';
    const services = roleStatementsOf(template, role).flatMap(({ actions }) => actions.map((one) => one.split(':')[0]));
    return services.flatMap((service = '') =>
      NOT_CALLED[service] === undefined ? [[id, ENDPOINT_NAMES[service] ?? service] as const] : [],
    );
  });
  const endpoints = resourcesOf(template, 'AWS::EC2::VPCEndpoint').map(([, { Properties }]) => {
    const { 'Fn::Sub': name } = Properties.ServiceName as { readonly 'Fn::Sub': string };
    return name.replace(`com.amazonaws.\${AWS::Region}.`, '');
  });
  const missing = called
    .filter(([, name]) => !endpoints.includes(name))
    .map(([id, name]) => `${id} cannot reach ${name}`);
  const needless = endpoints.filter((name) => !called.some(([, needed]) => needed === name));
  return [...new Set([...missing, ...needless.map((name) => `nothing calls ${name}`)])];
}

/** The functions that are in a VPC, by their logical ids. */
export function functionsInVpc(template: Template): readonly string[] {
  const functions = resourcesOf(template, 'AWS::Lambda::Function');
  return functions.filter(([, { Properties }]) => Properties.VpcConfig !== undefined).map(([id]) => id);
}
