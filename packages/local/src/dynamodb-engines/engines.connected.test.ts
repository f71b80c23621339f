import { spawnSync } from 'node:child_process';
import type { LocalAws } from '../local-aws/local-aws.ts';
import { startLocalAws } from '../local-aws/start-local-aws.ts';
import { describeItems } from './contract/items.contract.ts';
import { describeState } from './contract/state.contract.ts';
import { describeStreams } from './contract/streams.contract.ts';
import { openWireClient } from './contract/wire-client.ts';
import { describeWrites } from './contract/writes.contract.ts';
import { findDynoxide } from './dynoxide-program.ts';
import type { EngineName } from './engine-name.ts';

const isHere: Readonly<Record<EngineName, boolean>> = {
  dynoxide: findDynoxide() !== undefined,
  'dynamodb-local': hasJava(),
};

for (const [name, here] of Object.entries(isHere) as [EngineName, boolean][]) {
  if (!here) {
    process.stdout.write(
      `There is no ${name === 'dynoxide' ? name : 'Java 17'} on this machine: the contract of tables on ${name} is left out.\n`,
    );
    continue;
  }
  describe(`the tables on ${name}`, function () {
    this.timeout(60_000);
    let aws: LocalAws | undefined;
    before(async () => {
      aws = await startLocalAws({ dataDir: undefined, port: 0, dynamodbEngine: name });
    });
    after(() => aws?.close());

    const client = openWireClient(() => aws?.url ?? '');
    describeItems(client);
    describeWrites(client);
    describeStreams(client);
    describeState(name);
  });
}

/** `java -version` prints on stderr; before Java 9 the first number was always 1. */
function hasJava(): boolean {
  const { stderr } = spawnSync('java', ['-version'], { encoding: 'utf8' });
  return Number(/version "(\d+)/.exec(stderr ?? '')?.[1] ?? 0) >= 17;
}
