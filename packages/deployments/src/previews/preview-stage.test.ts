import { expect } from 'chai';
import { previewIn, previewStage } from './preview-stage.ts';

const REPOSITORY = '1296269';

describe('the stage of a pull request', () => {
  it('is short, always the same, and another one for each pull request and repository', () => {
    expect(previewStage(17, REPOSITORY))
      .to.match(/^pr-17-[0-9a-f]{6}$/)
      .and.equal(previewStage(17, REPOSITORY));
    expect(previewStage(18, REPOSITORY)).to.not.equal(previewStage(17, REPOSITORY));
    expect(previewStage(17, '1296270')).to.not.equal(previewStage(17, REPOSITORY));
    expect(previewStage(Number.MAX_SAFE_INTEGER, REPOSITORY)).to.have.length(26);
  });

  for (const number of [0, -1, 1.5, Number.NaN, 2 ** 53]) {
    it(`is none for ${number}`, () => expect(() => previewStage(number, REPOSITORY)).to.throw(/no pull request/));
  }

  it('is none without a repository', () => expect(() => previewStage(17, '')).to.throw(/id of the repository/));

  const stage = previewStage(17, REPOSITORY);
  for (const name of [
    stage,
    `weir-api-${stage}`,
    `/aws/lambda/weir-api-${stage}-keys`,
    `weir-${stage}-archive-123456789012`,
    `/weir/${stage}/deployed/api`,
  ]) {
    it(`is found in ${name}`, () => expect(previewIn(name, REPOSITORY)).to.deep.equal({ stage, number: 17 }));
  }

  for (const name of [
    'weir-api-production',
    'weir-api-pr-17',
    `weir-api-x${stage}`,
    `weir-api-${stage}0`,
    `weir-api-${stage.replace('17', '017')}`,
    `weir-api-${stage.replace('17', '18').replace(/.$/, 'g')}`,
    `weir-api-${previewStage(17, '1296270')}`,
  ]) {
    it(`is not in ${name}`, () => expect(previewIn(name, REPOSITORY)).to.equal(undefined));
  }
});
