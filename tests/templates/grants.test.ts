import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { checkGrants } from '../grants/check-grants.ts';
import { unknownPart } from '../grants/known-permission.ts';
import { packagedRoles } from '../grants/packaged-roles.ts';
import { REASONS } from '../grants/reasons.ts';
import { digestOfSources, RECORD_FILE, readRecord } from '../grants/record-file.ts';
import { packageService, serviceNames } from './package-service.ts';

const STAGE = 'production';
/** The stage `local` sends mail from this domain. */
const MAIL = ['mailDomain=mail.weir.example', 'apiUrl=https://weir.example'];

/** The roles of all packages. */
const rolesOfPackages = () =>
  packagedRoles(
    serviceNames().map((name) => packageService(name, STAGE, name === 'notifications' ? MAIL : [])),
    STAGE,
  );

describe('the statements of the packaged roles', () => {
  it('grant actions that exist, on resources and under condition keys that these take', async () => {
    const grants = rolesOfPackages().flatMap(({ policy }) => policy?.grants ?? []);
    expect(grants).to.not.have.length(0);
    const problems = await Promise.all(
      grants.map((grant) => unknownPart({ ...grant, conditionKeys: grant.conditions.map(({ key }) => key) })),
    );
    expect([...new Set(problems)]).to.deep.equal([undefined]);
  });
});

const record = readRecord(textOf(RECORD_FILE), digestOfSources());
// `npm test` sets it: the connected tests have run before.
const isNeeded = process.env.WEIR_CALLS_RECORD_NEEDED !== undefined;

if ('needs' in record || isNeeded) {
  describe('the grants of the packaged roles', () => {
    const find = () => {
      if ('problem' in record) throw new Error(`there is no record of calls: ${record.problem}`);
      return checkGrants(rolesOfPackages(), record.needs, REASONS);
    };

    it('allow every call that the connected tests made', () => {
      expect(find().refused).to.deep.equal([]);
    });

    it('are each needed by a call of the connected tests, or have a reason in tests/grants/reasons.ts', () => {
      expect(find().needless).to.deep.equal([]);
    });

    it('have no reason that is not needed any more', () => {
      expect(find().reasonless).to.deep.equal([]);
    });
  });
} else {
  process.stdout.write(
    `The grants of the roles are not compared with calls: ${record.problem} (npm run test:connected)\n`,
  );
}

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
