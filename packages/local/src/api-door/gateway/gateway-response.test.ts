import { expect } from 'chai';
import { answerGatewayError, type GatewayError, gatewayResponsesOf } from './gateway-response.ts';

const ERROR: GatewayError = {
  type: 'MISSING_AUTHENTICATION_TOKEN',
  requestId: 'r-9',
  method: 'GET',
  path: '/v1/none',
  stage: 'local',
};

describe('a gateway response', () => {
  it('is API Gateway’s own if the template has none', () => {
    const { status, body } = answerGatewayError(ERROR, []);
    expect(status).to.equal(403);
    expect(JSON.parse(body)).to.deep.equal({ message: 'Missing Authentication Token' });
  });

  it('takes status, headers and body from the template, with the context’s variables', () => {
    const answer = answerGatewayError(ERROR, [
      {
        ResponseType: 'MISSING_AUTHENTICATION_TOKEN',
        StatusCode: '404',
        ResponseParameters: {
          'gatewayresponse.header.Content-Type': "'application/problem+json'",
          'gatewayresponse.header.x-request-id': 'context.requestId',
        },
        ResponseTemplates: {
          'application/json': `{"id":"\${context.requestId}","m":$context.error.messageString,"p":"$context.path","u":"$context.nothing"}`,
        },
      },
    ]);
    expect(answer.status).to.equal(404);
    expect(answer.headers).to.deep.equal({ 'content-type': 'application/problem+json', 'x-request-id': 'r-9' });
    expect(JSON.parse(answer.body)).to.deep.equal({
      id: 'r-9',
      m: 'Missing Authentication Token',
      p: '/v1/none',
      u: '',
    });
  });

  it('falls back to DEFAULT_4XX, which keeps the status of the error unless it sets one', () => {
    const fallback = { ResponseType: 'DEFAULT_4XX', ResponseTemplates: { 'application/json': '{}' } };
    expect(answerGatewayError({ ...ERROR, type: 'REQUEST_TOO_LARGE' }, [fallback]).status).to.equal(413);
    expect(
      answerGatewayError({ ...ERROR, type: 'REQUEST_TOO_LARGE' }, [{ ...fallback, StatusCode: 418 }]).status,
    ).to.equal(418);
  });

  it('falls back to DEFAULT_5XX for a time-out', () => {
    const fallback = { ResponseType: 'DEFAULT_5XX', ResponseTemplates: { 'application/json': '{"five":true}' } };
    const { status, body } = answerGatewayError({ ...ERROR, type: 'INTEGRATION_TIMEOUT' }, [fallback]);
    expect([status, body]).to.deep.equal([504, '{"five":true}']);
  });

  it('is found among the resources of a template', () => {
    const properties = { ResponseType: 'DEFAULT_5XX' };
    const resources = {
      Five: { Type: 'AWS::ApiGateway::GatewayResponse', Properties: properties },
      Table: { Type: 'AWS::DynamoDB::Table', Properties: {} },
    };
    expect(gatewayResponsesOf(resources)).to.deep.equal([properties]);
  });
});
