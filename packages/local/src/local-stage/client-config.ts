import { readLocalFile } from './read-local-file.ts';

/** How clients of AWS reach a stage. */
export interface ClientConfig {
  readonly endpoint?: string;
  readonly region?: string;
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

/**
 * The stage of this machine, or one in the caller's account; undefined if this machine's does not run. `caller` is the
 * name under which the local AWS counts the calls.
 */
export function clientConfig(stage: string, caller: string): ClientConfig | undefined {
  if (stage !== 'local') return {};
  const local = readLocalFile();
  if (!local) return undefined;
  const credentials = { accessKeyId: caller, secretAccessKey: 'local' };
  return { endpoint: local.awsUrl, region: local.region, credentials };
}
