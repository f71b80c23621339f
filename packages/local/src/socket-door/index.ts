export { createServiceSockets, type ServiceSockets } from './service-sockets.ts';
