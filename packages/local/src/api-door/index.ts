export { type ApiDoor, type ApiDoorOptions, openApiDoor } from './api-door.ts';
export { type GatewayResponseProperties, gatewayResponsesOf } from './gateway-response.ts';
export { httpEventsOf } from './http-event.ts';
export { markOwnResponses } from './mark-own-responses.ts';
