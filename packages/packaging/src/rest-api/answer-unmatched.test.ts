import { expect } from 'chai';
import { httpEventsOf, type MockEvent, type Service } from '../framework/serverless.ts';
import { answerUnmatched } from './answer-unmatched.ts';

const UNMATCHED = { path: '{"status":404}', method: '{"status":405,"detail":"not one of {allow}"}' };

function serviceWith(routes: readonly string[], custom: object = { unmatched: UNMATCHED }): Service {
  const events = routes.map((route) => {
    const [method = '', path = ''] = route.split(' ');
    return { http: { method, path } };
  });
  const functions: Record<string, { events?: typeof events }> = { sweep: {}, things: { events } };
  return {
    provider: { stage: 'production', compiledCloudFormationTemplate: { Resources: {} } },
    custom: { ...custom },
    getAllFunctions: () => Object.keys(functions),
    getFunction: (key) => functions[key] ?? {},
  };
}

/** The answers that API Gateway gives by itself, by path. */
function answersOf(service: Service): Map<string, MockEvent> {
  answerUnmatched({ serviceDir: '', service, classes: { Error } });
  const mocks = httpEventsOf(service).filter(({ method }) => method === 'any') as MockEvent[];
  return new Map(mocks.map((event) => [event.path, event]));
}

describe('answerUnmatched', () => {
  it('answers each path’s other methods with 405, and with those that it has', () => {
    const answers = answersOf(serviceWith(['get v1/things', 'post v1/things', 'get v1/things/{id}']));
    expect([...answers.keys()]).to.deep.equal(['v1/things', 'v1/things/{id}', '/', '{proxy+}']);
    const { response } = answers.get('v1/things') as MockEvent;
    expect(response.headers).to.deep.equal({
      'content-type': "'application/problem+json'",
      'x-request-id': 'context.requestId',
      allow: "'GET, POST'",
    });
    const template = '{"status":405,"detail":"not one of GET, POST"}';
    expect(response.statusCodes).to.deep.equal({ 405: { pattern: '', template } });
  });

  for (const path of ['/', '{proxy+}']) {
    it(`answers ${path}, where no route is, with 404`, () => {
      const { response, request } = answersOf(serviceWith(['get v1/things'])).get(path) as MockEvent;
      expect(response.statusCodes).to.deep.equal({ 404: { pattern: '', template: '{"status":404}' } });
      expect(response.headers).to.not.have.property('allow');
      const { template } = request as { template: Record<string, string> };
      expect(template).to.include.keys('application/json', 'text/plain', 'application/x-www-form-urlencoded');
      for (const status of Object.values(template)) expect(JSON.parse(status)).to.deep.equal({ statusCode: 404 });
    });
  }

  it('leaves a service without an API alone', () => {
    expect(answersOf(serviceWith([], {}))).to.have.length(0);
  });

  it('refuses an API that does not say what it answers', () => {
    expect(() => answersOf(serviceWith(['get v1/things'], {}))).to.throw(
      /^A service with an API needs custom.unmatched/,
    );
  });
});
