// What npm start loads when it has started the services: they load meanwhile, on another core.
export { gatewayResponsesOf, openApiDoor, routesOf } from '../api-door/index.ts';
export { startLocalAws } from '../local-aws/start-local-aws.ts';
export { startSampleLoading } from '../sample/sample-loading.ts';
