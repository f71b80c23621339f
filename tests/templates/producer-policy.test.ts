import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { packageService } from './package-service.ts';
import { propertiesOf, type Template } from './template.ts';

const ROOT = join(import.meta.dirname, '../..');
const PAGES = ['docs/events.md', 'packages/producer/README.md'];
const STAGE = 'production';

/** The policy that a page gives for pasting. */
async function policyOf(page: string) {
  const text = await readFile(join(ROOT, page), 'utf8');
  const policies = [...text.matchAll(/```json\n(.*?)```/gs)].map(([, json = '']) => JSON.parse(json));
  return policies.find(({ Statement }) => Statement !== undefined);
}

describe('the policy for programs that put records on the stream', () => {
  let template: Template;

  before(async function () {
    this.timeout(120_000);
    ({ template } = await packageService('ingest-stream', STAGE));
  });

  for (const page of PAGES) {
    it(`allows, in ${page}, the stream and the key that encrypts it`, async () => {
      const [stream, key, ...others] = (await policyOf(page)).Statement;
      expect(others).to.deep.equal([]);
      expect(stream.Action).to.deep.equal(['kinesis:PutRecord', 'kinesis:PutRecords']);
      expect(stream.Resource).to.match(new RegExp(`:stream/${propertiesOf(template, 'EventStream').Name}$`));

      expect(propertiesOf(template, 'EventStream').StreamEncryption).to.deep.include({ EncryptionType: 'KMS' });
      expect(key.Action).to.equal('kms:GenerateDataKey');
      expect(key.Condition).to.deep.equal({
        'ForAnyValue:StringEquals': { 'kms:ResourceAliases': propertiesOf(template, 'DataKeyAlias').AliasName },
      });
    });
  }
});
