import { delimiter } from 'node:path';
import type { MotoServer } from '@weir/stacks/moto';

/** What npm needs to know of this machine: where it keeps what it has downloaded, and from where it downloads. */
const OF_NPM =
  /^(npm_config_(cache|userconfig|globalconfig|registry)|https?_proxy|no_proxy|ssl_cert_file|node_extra_ca_certs)$/i;

/** The environment of a person with an empty account and nothing installed; `home` has none of their files. */
export function freshEnvironment(
  given: Readonly<Record<string, string | undefined>>,
  home: string,
  { endpoint, credentials }: MotoServer['config'],
): Record<string, string | undefined> {
  const path = (given.PATH ?? '').split(delimiter).filter((folder) => !folder.includes('node_modules'));
  return {
    ...Object.fromEntries(Object.entries(given).filter(([name]) => OF_NPM.test(name))),
    ...{ PATH: path.join(delimiter), HOME: home, AWS_ENDPOINT_URL: endpoint },
    ...{ AWS_ACCESS_KEY_ID: credentials.accessKeyId, AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey },
    AWS_EC2_METADATA_DISABLED: 'true',
    // Milliseconds between two looks of the framework at a stack.
    SLS_AWS_MONITORING_FREQUENCY: '200',
  };
}
