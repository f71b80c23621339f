import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { deployArtifact } from './deploy-artifact.ts';
import { shipAtOnce } from './ship-at-once.ts';

const POLICY = { UpdatePolicy: { CodeDeployLambdaAliasUpdate: {} } };

describe('an artifact that is shipped at once', () => {
  let dir: string;

  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'weir-at-once-'));
  });
  afterEach(() => rmSync(dir, { recursive: true }));

  it('has no policy of aliases in its template and state, and is otherwise the same', async () => {
    const templateOf = (policy: object) => ({
      Resources: {
        KeysLiveAlias: { Type: 'AWS::Lambda::Alias', Properties: { Name: 'live' }, ...policy },
        Other: { Type: 'AWS::AutoScaling::AutoScalingGroup', UpdatePolicy: {}, Properties: null },
      },
    });
    const stateOf = (policy: object) => ({ service: { provider: { compiled: templateOf(policy) } }, list: [1, null] });
    writeFileSync(join(dir, 'template.json'), JSON.stringify(templateOf(POLICY)));
    writeFileSync(join(dir, 'state.json'), JSON.stringify(stateOf(POLICY)));
    writeFileSync(join(dir, 'keys.zip'), 'PK');
    await shipAtOnce({ dir });
    const read = (name: string) => readFileSync(join(dir, name), 'utf8');
    expect(JSON.parse(read('template.json'))).to.deep.equal(templateOf({}));
    expect(JSON.parse(read('state.json'))).to.deep.equal(stateOf({}));
    expect(read('keys.zip')).to.equal('PK');
  });

  for (const allAtOnce of [true, false]) {
    it(`is what the framework gets ${allAtOnce ? 'with' : 'only with'} --all-at-once`, async () => {
      const state = { package: { artifactDirectoryName: 'serverless/weir-api/staging/1-2026' } };
      writeFileSync(join(dir, 'serverless-state.json'), JSON.stringify(state));
      writeFileSync(join(dir, 'template.json'), JSON.stringify({ Type: 'AWS::Lambda::Alias', ...POLICY }));
      let given = '';
      const serverless = async (_service: string, [, , packaged = '']: readonly string[]) => {
        given = readFileSync(join(packaged, 'template.json'), 'utf8');
        return 0;
      };
      const command = { artifact: dir, stage: 'staging', region: 'us-east-1', allAtOnce, options: [] };
      await deployArtifact({ now: () => 1_796_000_000_000, serverless }, command);
      expect(given.includes('UpdatePolicy')).to.equal(!allAtOnce);
    });
  }
});
