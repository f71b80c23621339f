import { readLocalFile } from '@weir/local/local-file';

/** How clients reach a stage. */
export interface StageConfig {
  readonly endpoint?: string;
  readonly region?: string;
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

/** The stage of this machine, or one in the caller's account; undefined if this machine's does not run. */
export function stageConfig(stage: string): StageConfig | undefined {
  if (stage !== 'local') return {};
  const local = readLocalFile();
  if (!local) return undefined;
  const credentials = { accessKeyId: 'ops', secretAccessKey: 'local' };
  return { endpoint: local.awsUrl, region: local.region, credentials };
}
