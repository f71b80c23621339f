import type { LocalFile } from '../local-stage/local-file.ts';

/**
 * What is shown when everything is ready: what was measured, where everything is, and what to try; `redis` if there is
 * one.
 */
export function welcome(local: LocalFile, table: string, redis?: string): string {
  const { apiUrl, pushUrl, awsUrl, mailUrl, key, stream, region } = local;
  const event = '{"userId":"u_1","action":"checkout","timestamp":\'$(date +%s000)\',"value":19.9}';
  return `
${table}

  API       ${apiUrl}${pushUrl === undefined ? '' : `\n  WebSocket ${pushUrl}`}
  key       ${key}
  AWS       ${awsUrl}    stream ${stream}, region ${region}
  mail      ${mailUrl}${redis === undefined ? '' : `\n  Redis     ${redis}`}
  (all of it in .weir/local.json)

Try:
  curl -H 'authorization: Bearer ${key}' ${apiUrl}/actions
  curl -H 'authorization: Bearer ${key}' -H 'content-type: application/json' ${apiUrl}/events -d '{"events":[${event}]}'
  curl -H 'authorization: Bearer ${key}' '${apiUrl}/metrics/checkout?from='$(date -u +%F)'T00:00:00Z&to='$(date -u +%FT%TZ)'&interval=hour'
  npm run demo      sends the sample again over HTTP and to Kinesis, and compares every number
`;
}
