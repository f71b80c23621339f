import { existsSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { awsEnvironment, type LambdaFunction, resolveValue } from '@weir/local/lambda';
import type { Files, PackagedService } from '../templates/package-service.ts';
import { type Properties, resourcesOf } from '../templates/template.ts';

const MACHINES_PACKAGES = join(import.meta.dirname, '../../node_modules');
/** The scopes of packages with a binary for each machine. */
const SCOPES = ['@img', '@resvg'];
const REGION = 'us-east-1';
/** Where the template says that `@connections` is: nothing on this machine answers there, but the AWS door. */
const CONNECTIONS = `https://WebsocketsApi.execute-api.${REGION}.amazonaws.com`;

/** A function of a package, unpacked. */
export interface UnpackedFunction extends LambdaFunction {
  /** Its key in `serverless.yml`. */
  readonly key: string;
}

/**
 * Unpacks each function of a service into an empty folder of its own below `dir`, and reads its environment from the
 * template. A path into Lambda's own folder is changed into one into the function's folder, and the address of
 * `@connections` into that of the AWS door.
 */
export function unpackFunctions(service: PackagedService, dir: string, awsUrl: string): UnpackedFunction[] {
  const scope = { resources: service.template.Resources, region: REGION, awsUrl };
  return resourcesOf(service.template, 'AWS::Lambda::Function').map(([id, properties]) => {
    const { FunctionName, Handler, Timeout, Environment } = resolveValue(properties.Properties, scope) as Properties;
    const { Variables } = Environment as { Variables: Record<string, string> };
    const key = functionKey(id);
    const folder = join(dir, String(FunctionName));
    unpack(service.zips[`${key}.zip`] ?? {}, folder);
    const here = (value: string) => value.replaceAll('/var/task', folder).replaceAll(CONNECTIONS, awsUrl);
    const told = Object.entries(Variables).map(([name, value]) => [name, here(value)]);
    return {
      key,
      name: String(FunctionName),
      folder,
      handler: String(Handler),
      timeoutSeconds: Number(Timeout),
      environment: { ...Object.fromEntries(told), ...awsEnvironment(key, scope) },
    };
  });
}

/** The key of a function in `serverless.yml`, from its logical id. */
export function functionKey(logicalId: string): string {
  const name = logicalId.replace(/LambdaFunction$/, '');
  return `${name.charAt(0).toLowerCase()}${name.slice(1)}`;
}

function unpack(files: Files, folder: string): void {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(join(folder, dirname(name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  for (const scope of SCOPES) {
    const binaries = join(folder, '.native/node_modules', scope);
    if (existsSync(binaries)) addBinariesOfThisMachine(join(MACHINES_PACKAGES, scope), binaries);
  }
}

/**
 * sharp and resvg in a zip are for Lambda's machine, Linux on arm64. On any other machine, that machine's binaries are
 * put beside those of the zip, where the packages' own code looks for them. The rest of the lookup, from `NODE_PATH` on,
 * is as in Lambda.
 */
function addBinariesOfThisMachine(machines: string, folder: string): void {
  for (const name of readdirSync(machines)) {
    if (!existsSync(join(folder, name))) symlinkSync(join(machines, name), join(folder, name));
  }
}
