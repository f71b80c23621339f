import { expect } from 'chai';
import {
  checkStageChange,
  type StageTemplates,
} from '../../packages/deployments/src/template-change/check-stage-change.ts';
import { isKept, nameOf } from '../../packages/deployments/src/template-change/comparison/identity.ts';
import { madeResources } from '../../packages/deployments/src/template-change/comparison/made-resources.ts';
import { RESOURCE_TYPES } from '../../packages/deployments/src/template-change/comparison/resource-types.ts';
import { findTakenNames } from '../../packages/stacks/src/create/find-taken-names.ts';
import { createFakeAccount } from '../../packages/stacks/src/testing/fake-account.ts';
import { GOES, HOLDS_DATA } from './deletion-rules.ts';
import { packageService, serviceNames } from './package-service.ts';
import type { Template } from './template.ts';

const PREVIEW = 'pr-17-a-branch-with-a-long-one';
/** The stack of a service that the framework makes before its first template. */
const BUCKET = ['ServerlessDeploymentBucket', 'ServerlessDeploymentBucketPolicy'];

const stageOf = (stage: string): Map<string, Template> =>
  new Map(serviceNames().map((name) => [name, packageService(name, stage).template]));

function emptyStage(stage: StageTemplates): StageTemplates {
  const only = ({ Resources }: Template) => Object.entries(Resources).filter(([id]) => BUCKET.includes(id));
  return new Map(
    [...stage].map(([name, template]) => [name, { Resources: Object.fromEntries(only(template as Template)) }]),
  );
}

for (const name of ['production', PREVIEW]) {
  describe(`the stage ${name}, before the rules of CloudFormation`, () => {
    let stage: Map<string, Template>;

    before(() => {
      stage = stageOf(name);
    });

    it('has no type of which it is not known what may change', () => {
      const types = [...stage.values()].flatMap(({ Resources }) => Object.values(Resources).map(({ Type }) => Type));
      expect(types.filter((type) => RESOURCE_TYPES[type] === undefined)).to.deep.equal([]);
    });

    it('may be made, and made again after a first deployment that failed: that leaves nothing behind', () => {
      expect(checkStageChange(emptyStage(stage), stage)).to.deep.equal([]);
    });

    it('may be deployed twice in a row', () => {
      expect(checkStageChange(stage, stage)).to.deep.equal([]);
    });

    it('may be removed and made anew: whatever is in the way then is found before anything is made', async () => {
      for (const template of stage.values()) {
        const left = Object.values(madeResources(template)).filter(({ DeletionPolicy }) => isKept(DeletionPolicy));
        const names = left.flatMap((resource) => nameOf(resource) ?? []).map(physicalName);
        expect(names.length > 0, 'something is left behind').to.equal(name === 'production');
        const taken = Object.fromEntries(names.map((taken) => [taken, { identifier: {} }]));
        const refusal = await findTakenNames(createFakeAccount({ taken }), 'weir', template);
        for (const taken of names) expect(refusal?.problem).to.include(taken);
      }
    });
  });
}

function physicalName(name: string): string {
  return name.replace('$' + '{AWS::AccountId}', '123456789012');
}

describe('the rules of a change', () => {
  it('hold what a removed stage may keep for data', () => {
    for (const type of [...HOLDS_DATA, ...GOES]) {
      expect(RESOURCE_TYPES[type]?.holds === 'data', type).to.equal(HOLDS_DATA.has(type));
    }
  });
});
