export { type CheckedUrl, checkUrl, type UrlRefusal, type UrlRules } from './check-url.ts';
export { isPublicAddress } from './is-public-address.ts';
export { createResolveHost, type ResolveHost } from './resolve-host.ts';
