/** `localhost`, every name below it (RFC 6761, 6.3: no resolver may ask the network for them), and the loopback addresses. */
const LOOPBACK = /^(?:(?:[a-z0-9-]+\.)*localhost|127\.0\.0\.1|\[::1\])$/;

/**
 * Whether a `Host` header names this machine. The owner of any other name can point it at 127.0.0.1 after a page of that name
 * has loaded (DNS rebinding). For the browser, the page and our port would then have the same origin.
 */
export function isOwnHost(host: string | undefined, named: readonly string[]): boolean {
  const name = host?.toLowerCase().replace(/:\d*$/, '') ?? '';
  return LOOPBACK.test(name) || named.includes(name);
}

/** Further names of this machine, such as `host.docker.internal`, which containers use for it. */
export function namedHosts(env: Readonly<Record<string, string | undefined>>): readonly string[] {
  const names = (env.WEIR_LOCAL_HOSTS ?? '').split(',').map((name) => name.trim().toLowerCase());
  return names.filter((name) => name !== '');
}
