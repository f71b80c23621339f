// What API Gateway checks, for serverless.yml: made of the OpenAPI document each time, so that it cannot be an old one.
// The framework reads values from CommonJS.
module.exports = require('./src/openapi/request-models.ts').createRequestChecks();
