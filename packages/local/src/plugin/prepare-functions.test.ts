/* biome-ignore-all lint/suspicious/noTemplateCurlyInString: CloudFormation's, not ours */

import { expect } from 'chai';
import { callerName } from '../registration/caller-name.ts';
import { prepareFunctions } from './prepare-functions.ts';
import type { ServerlessFunction, ServerlessService } from './serverless-instance.ts';

function serviceWith(definition: ServerlessFunction): ServerlessService {
  return {
    service: 'weir-ingest-stream',
    provider: { stage: 'local', region: 'us-east-1', environment: { STAGE: 'local', LIMIT: 1000 } },
    getAllFunctions: () => ['consume'],
    getFunction: () => definition,
  };
}

describe('preparing functions for the local AWS', () => {
  const scope = { resources: {}, region: 'us-east-1', awsUrl: 'http://127.0.0.1:4566' };

  it('leads their clients to the door, each under its own name, with strings for an environment', () => {
    const definition: ServerlessFunction = {
      name: 'weir-ingest-stream-local-consume',
      environment: { BUCKET: { 'Fn::Sub': 'archive-${AWS::AccountId}' } },
    };
    prepareFunctions(serviceWith(definition), scope);
    expect(definition.environment).to.include({
      STAGE: 'local',
      LIMIT: '1000',
      BUCKET: 'archive-000000000000',
      AWS_ENDPOINT_URL: 'http://127.0.0.1:4566',
      AWS_ENDPOINT_URL_S3: 'http://127.0.0.1:4566',
      AWS_ACCESS_KEY_ID: 'weiringeststreamconsume',
    });
  });

  it('leaves schedules to the local AWS', () => {
    const definition: ServerlessFunction = { name: 'f', events: [{ schedule: 'rate(1 minute)' }, { http: 'GET /' }] };
    prepareFunctions(serviceWith(definition), scope);
    expect(definition.events).to.deep.equal([{ http: 'GET /' }]);
  });

  it('leaves WebSocket APIs to the local AWS, and leads calls of @connections to the AWS door', () => {
    const definition: ServerlessFunction = {
      name: 'f',
      events: [{ websocket: '$connect' }, { websocket: { route: 'ping' } }],
      environment: {
        PUSH: { 'Fn::Sub': 'https://${WebsocketsApi}.execute-api.${AWS::Region}.${AWS::URLSuffix}/local' },
      },
    };
    prepareFunctions(serviceWith(definition), scope);
    expect(definition.events).to.deep.equal([]);
    expect(definition.environment?.PUSH).to.equal('http://127.0.0.1:4566/local');
  });

  it('leaves to the API’s door what API Gateway answers by itself', () => {
    const get = { http: { method: 'get', path: 'v1/things' } };
    const mock = { http: { method: 'any', path: '{proxy+}', integration: 'MOCK' } };
    const definition: ServerlessFunction = { name: 'f', events: [get, mock] };
    prepareFunctions(serviceWith(definition), scope);
    expect(definition.events).to.deep.equal([get]);
  });

  it('leaves to the emulator only the models of bodies that it parses', () => {
    const request = { parameters: { paths: { id: true } } };
    const patch = (schemas: object) => ({
      http: { method: 'patch', path: 'v1/{id}', request: { ...request, schemas } },
    });
    const json = { type: 'object', required: ['a'] };
    const definition: ServerlessFunction = {
      name: 'f',
      events: [
        patch({ 'application/json': json, 'application/merge-patch+json': { type: 'object' } }),
        patch({ 'application/merge-patch+json': { type: 'object' } }),
      ],
    };
    prepareFunctions(serviceWith(definition), scope);
    expect(definition.events).to.deep.equal([
      patch({ 'application/json': json }),
      { http: { method: 'patch', path: 'v1/{id}', request } },
    ]);
  });

  it('calls them by letters and digits only', () => {
    expect(callerName('weir-api', 'send_events')).to.equal('weirapisendevents');
  });
});
