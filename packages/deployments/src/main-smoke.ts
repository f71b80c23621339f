import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { readLocalFile } from '@weir/local/local-file';
import { createPut } from './aws/stream-put.ts';
import { runSmoke } from './smoke/run-smoke.ts';

const HELP = `Usage: npm run smoke -- [--stage STAGE] [--url URL] [--webhook URL] [--no-stream]

Sends events of an action of its own through both doors of a stage, and looks for the exact count, a report and a
webhook. They stay, as everything that is counted.

  --stage STAGE   the stage; without it the one of this machine, which npm start runs
  --url URL       the address of its API, with /v1; needed for a stage in AWS, whose key is in WEIR_KEY
  --webhook URL   an address that answers a POST; without it the API itself, which refuses it
  --no-stream     puts nothing on the stream: that needs AWS credentials with kinesis:PutRecord`;

interface Target {
  readonly url: string;
  readonly key: string;
  readonly stream: string;
  readonly config: object;
}

/** The stage that is tried; one sentence if it is not known how to reach it. */
function findTarget(stage: string, url: string | undefined): Target | string {
  if (stage !== 'local') {
    const key = process.env.WEIR_KEY;
    if (url === undefined || !key) return 'A stage in AWS needs --url, and a key in WEIR_KEY';
    return { url, key, stream: `weir-${stage}-events`, config: {} };
  }
  const local = readLocalFile();
  if (!local) return 'Weir does not run on this machine: start it with npm start';
  const credentials = { accessKeyId: 'smoke', secretAccessKey: 'local' };
  const config = { endpoint: local.awsUrl, region: local.region, credentials };
  return { url: local.apiUrl, key: local.key, stream: local.stream, config };
}

async function answerOf(answer: Response): Promise<object> {
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${answer.url} answers ${answer.status}: ${text}`);
  return text === '' ? {} : JSON.parse(text);
}

async function main(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      ...{ stage: { type: 'string', default: 'local' }, url: { type: 'string' }, webhook: { type: 'string' } },
      ...{ 'no-stream': { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
    },
  });
  if (values.help) {
    process.stdout.write(`${HELP}\n`);
    return 0;
  }
  const target = findTarget(values.stage, values.url);
  if (typeof target === 'string') throw new Error(target);
  const { url, key, stream, config } = target;
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
  await runSmoke({
    call: async (method, path, body) => {
      const once = method === 'POST' ? { 'idempotency-key': randomUUID() } : {};
      const init = { method, headers: { ...headers, ...once }, ...(body && { body: JSON.stringify(body) }) };
      return answerOf(await fetch(`${url}${path}`, init));
    },
    read: async (href) => answerOf(await fetch(href)),
    put: values['no-stream'] ? undefined : createPut(config, stream),
    webhookUrl: values.webhook ?? `${url}/health`,
    ...{ id: randomUUID(), now: () => Date.now(), wait: (ms) => setTimeout(ms) },
    tell: (sentence) => void process.stdout.write(`${sentence}\n`),
  });
  process.stdout.write(`The stage ${values.stage} works\n`);
  return 0;
}

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: Error) => {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  },
);
