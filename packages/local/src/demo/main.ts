import { createApiClient } from '../api-client/api-client.ts';
import { readLocalFile } from '../local-stage/read-local-file.ts';
import { createLocalKinesisClient } from '../sample/local-kinesis-client.ts';
import { createProgress } from '../terminal/progress.ts';
import { runDemo } from './run-demo.ts';

const write = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

async function main(): Promise<void> {
  const local = readLocalFile();
  if (!local) {
    process.stderr.write(
      'Weir is not running: run npm start in another terminal, wait until it is ready, then run npm run demo again.\n',
    );
    process.exitCode = 1;
    return;
  }
  const { apiUrl, key, awsUrl, region, stream } = local;
  const api = createApiClient(apiUrl, key);
  if (!(await api.health())) throw new Error(`the API at ${apiUrl} does not answer. Start it with npm start`);
  const client = createLocalKinesisClient(awsUrl, region);
  const doors = { api, stream: { client, streamName: stream } };
  const exact = await runDemo(
    doors,
    createProgress(write, () => performance.now()),
    write,
  );
  client.destroy();
  process.exitCode = exact ? 0 : 1;
}

await main().catch((error: Error) => {
  process.stderr.write(`The demo stopped: ${error.message}\n`);
  process.exitCode = 1;
});
