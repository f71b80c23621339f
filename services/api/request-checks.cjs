// The checks of API Gateway for serverless.yml, made from the OpenAPI document at each packaging, so that they always fit it.
// This is CommonJS, as the framework reads values from CommonJS only.
module.exports = require('./src/openapi/request-models.ts').createRequestChecks();
