import { expect } from 'chai';
import { sampleReport } from '../testing/sample-report.ts';
import { renderJson } from './render-json.ts';

describe('render-json', () => {
  it('holds the whole report', () => {
    const report = sampleReport();
    expect(JSON.parse(renderJson(report))).to.deep.equal(report);
    expect(renderJson(report)).to.match(/^\{"asOf":.*\}\n$/);
  });
});
