export { type ApiDoor, type ApiDoorOptions, openApiDoor } from './api-door.ts';
export { type GatewayResponseProperties, gatewayResponsesOf } from './gateway/gateway-response.ts';
export { httpEventsOf, originsOf } from './gateway/http-event.ts';
export { routesOf } from './gateway/route.ts';
