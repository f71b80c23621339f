import { expect } from 'chai';
import type { HttpEvent, Service } from '../framework/serverless.ts';
import { addRequestChecks } from './add-request-checks.ts';

function events(requestChecks: object | undefined): HttpEvent[] {
  const routes: HttpEvent[] = [
    { method: 'get', path: 'v1/things' },
    { method: 'POST', path: 'v1/things' },
  ];
  const service: Service = {
    provider: { stage: 'production', compiledCloudFormationTemplate: { Resources: {} } },
    custom: { requestChecks },
    getAllFunctions: () => ['things'],
    getFunction: () => ({ events: routes.map((http) => ({ http })) }),
  };
  addRequestChecks({ serviceDir: '', service, classes: { Error } });
  return routes;
}

describe('addRequestChecks', () => {
  it('gives each route its own check, and leaves the others', () => {
    const check = { schemas: { 'application/json': { type: 'object' } } };
    expect(events({ 'post v1/things': check })).to.deep.equal([
      { method: 'get', path: 'v1/things' },
      { method: 'POST', path: 'v1/things', request: check },
    ]);
  });

  it('changes nothing of a service without checks', () => {
    expect(events(undefined).some((route) => 'request' in route)).to.equal(false);
  });

  it('refuses a check that belongs to no route', () => {
    expect(() => events({ 'post v1/other': {} })).to.throw(
      'requestChecks has post v1/other, which no function answers',
    );
  });
});
