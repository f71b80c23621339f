import { expect } from 'chai';
import { errorOfEmulator } from './emulator-error.ts';

describe("an answer that no function gave, in API Gateway's words", () => {
  for (const [status, method, type, own] of [
    [400, 'POST', 'BAD_REQUEST_BODY', undefined],
    [400, 'PUT', 'BAD_REQUEST_BODY', undefined],
    [400, 'PATCH', 'BAD_REQUEST_BODY', undefined],
    [400, 'GET', 'DEFAULT_4XX', undefined],
    [400, 'DELETE', 'DEFAULT_4XX', undefined],
    [401, 'GET', 'UNAUTHORIZED', undefined],
    [403, 'GET', 'ACCESS_DENIED', undefined],
    [404, 'GET', 'MISSING_AUTHENTICATION_TOKEN', undefined],
    [413, 'POST', 'REQUEST_TOO_LARGE', undefined],
    [415, 'POST', 'UNSUPPORTED_MEDIA_TYPE', undefined],
    [429, 'GET', 'DEFAULT_4XX', 429],
    [200, 'GET', 'DEFAULT_5XX', undefined],
    [302, 'GET', 'DEFAULT_5XX', undefined],
    [500, 'GET', 'DEFAULT_5XX', undefined],
    [504, 'GET', 'DEFAULT_5XX', undefined],
  ] as const) {
    it(`is ${type} for ${status} to ${method}`, () => {
      const { type: found, status: foundStatus } = errorOfEmulator(status, method);
      expect([found, foundStatus]).to.deep.equal([type, own]);
    });
  }
});
