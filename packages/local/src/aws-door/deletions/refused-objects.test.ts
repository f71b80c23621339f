import { expect } from 'chai';
import { EMPTY_RESULT, objectsToDelete, withErrors, withoutRefused } from './refused-objects.ts';

const A = '<Object><Key>a&amp;b</Key></Object>';
const B = '<Object><VersionId>v</VersionId><Key>&#x63;&#100;</Key></Object>';
const BODY = `<Delete><Quiet>true</Quiet>${A}${B}</Delete>`;

describe('a deletion of several objects', () => {
  const objects = objectsToDelete(BODY);
  const refused = objects.map((object) => ({ ...object, reason: `no <${object.key}>` }));

  it('names each object', () => {
    expect(objects).to.deep.equal([
      { xml: A, key: 'a&b', versionId: undefined },
      { xml: B, key: 'cd', versionId: 'v' },
    ]);
  });

  it('is made without the refused objects', () => {
    expect(withoutRefused(BODY, refused.slice(1))).to.equal(`<Delete><Quiet>true</Quiet>${A}</Delete>`);
    expect(withoutRefused(BODY, refused)).to.equal(undefined);
  });

  for (const [what, text] of [
    ['some are deleted', '<DeleteResult><Deleted><Key>x</Key></Deleted></DeleteResult>'],
    ['it is quiet', '<DeleteResult xmlns="s3"/>'],
    ['nothing is deleted', EMPTY_RESULT.body.toString()],
  ] as const) {
    it(`has an error for each refused object if ${what}`, () => {
      const { body, headers } = withErrors({ status: 200, headers: {}, body: Buffer.from(text) }, refused);
      const errors = [
        '<Error><Key>a&amp;b</Key><Code>AccessDenied</Code><Message>no &lt;a&amp;b></Message></Error>',
        '<Error><Key>cd</Key><VersionId>v</VersionId><Code>AccessDenied</Code><Message>no &lt;cd></Message></Error>',
      ];
      expect(body.toString())
        .to.match(/^<DeleteResult/)
        .and.contain(`${errors.join('')}</DeleteResult>`);
      expect(headers).to.have.property('content-length', String(body.length));
    });
  }
});
