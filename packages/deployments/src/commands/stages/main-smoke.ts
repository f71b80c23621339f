import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { runCommand } from '@weir/command-line';
import { clientConfig } from '@weir/local/client-config';
import { readLocalFile } from '@weir/local/local-file';
// biome-ignore lint/plugin: its name leads to what is built for npm
import { createClient } from '../../../../client/src/index.ts';
import { createPut } from '../../aws/stream-put.ts';
import { runSmoke } from '../../smoke/run-smoke.ts';

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
  /** Of clients of AWS. */
  readonly config: object;
}

/** The stage that is tried. Throws an Error with one sentence if it is not known how to reach it. */
function findTarget(stage: string, url: string | undefined): Target {
  const config = clientConfig(stage, 'smoke');
  const local = stage === 'local' ? readLocalFile() : undefined;
  if (config && local) return { url: local.apiUrl, key: local.key, stream: local.stream, config };
  if (stage === 'local') throw new Error('Weir does not run on this machine: start it with npm start');
  const key = process.env.WEIR_KEY;
  if (url === undefined || !key) throw new Error('WEIR_KEY and --url are needed for a stage in AWS');
  return { url, key, stream: `weir-${stage}-events`, config: config ?? {} };
}

/** Reads a file by its signed link. */
async function readJson(href: string): Promise<unknown> {
  const answer = await fetch(href);
  if (!answer.ok) throw new Error(`${answer.url} answers ${answer.status}: ${await answer.text()}`);
  return answer.json();
}

await runCommand(
  {
    help: HELP,
    options: {
      stage: { type: 'string', default: 'local' },
      url: { type: 'string' },
      webhook: { type: 'string' },
      'no-stream': { type: 'boolean' },
    },
    run: async ({ values }) => {
      const { url, key, stream, config } = findTarget(values.stage, values.url);
      await runSmoke({
        ...{ client: createClient({ url, key }), read: readJson },
        put: values['no-stream'] ? undefined : createPut(config, stream),
        webhookUrl: values.webhook ?? `${url}/health`,
        ...{ id: randomUUID(), now: () => Date.now(), wait: (ms) => setTimeout(ms) },
        tell: (sentence) => void process.stdout.write(`${sentence}\n`),
      });
      process.stdout.write(`The stage ${values.stage} works\n`);
      return 0;
    },
  },
  process.argv.slice(2),
);
