import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { packagedRoles } from '../grants/packaged-roles.ts';
import { readersOf } from '../security/readers.ts';
import { packageService, serviceNames } from './package-service.ts';
import { resourcesOf } from './template.ts';

const STAGE = 'production';
const PAGE = readFileSync(join(import.meta.dirname, '../../docs/security.md'), 'utf8');

describe('docs/security.md', () => {
  const services = () => serviceNames().map((name) => packageService(name, STAGE));
  const rows = [...PAGE.matchAll(/^\| `([a-z/-]+)`.*\| ([^|]+) \|$/gm)].map(([, store = '', readers = '']) => ({
    store,
    readers: [...readers.matchAll(/`([^`]+)`/g)].map(([, name]) => name),
  }));

  it('names exactly the functions that may read each store', () => {
    const roles = packagedRoles(services(), STAGE);
    expect(rows).to.have.length.above(20);
    for (const { store, readers } of rows) expect(readers, store).to.deep.equal(readersOf(store, roles));
  });

  it('has every table, stream, bucket and secret', () => {
    const named = services().flatMap(({ template }) =>
      [
        ['AWS::DynamoDB::Table', 'TableName'],
        ['AWS::Kinesis::Stream', 'Name'],
        ['AWS::S3::Bucket', 'BucketName'],
        ['AWS::SecretsManager::Secret', 'Name'],
      ].flatMap(([type = '', name = '']) =>
        resourcesOf(template, type).flatMap(([, { Properties }]) => JSON.stringify(Properties[name] ?? '')),
      ),
    );
    const stores = named.flatMap((name) => /weir-production-([a-z-]+?)(-\$|")/.exec(name)?.[1] ?? []);
    const shown = new Set(rows.map(({ store }) => store.split('/')[0]));
    expect(stores).to.have.length.above(8);
    expect(stores.filter((store) => !shown.has(store))).to.deep.equal([]);
  });
});
