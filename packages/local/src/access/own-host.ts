/** `localhost`, every name below it (RFC 6761, 6.3: no resolver may ask the network for them), and the loopback addresses. */
const LOOPBACK = /^(?:(?:[a-z0-9-]+\.)*localhost|127\.0\.0\.1|\[::1\])$/;

/**
 * Whether a `Host` header names this machine. Any other name may be a stranger's that was pointed at 127.0.0.1 after its page
 * had loaded (DNS rebinding): to the browser, that page and we would then be one origin.
 */
export function isOwnHost(host: string | undefined, named: readonly string[]): boolean {
  const name = host?.toLowerCase().replace(/:\d*$/, '') ?? '';
  return LOOPBACK.test(name) || named.includes(name);
}

/** Further names that somebody has set, such as `host.docker.internal`, by which containers call their machine. */
export function namedHosts(env: Readonly<Record<string, string | undefined>>): readonly string[] {
  const names = (env.WEIR_LOCAL_HOSTS ?? '').split(',').map((name) => name.trim().toLowerCase());
  return names.filter((name) => name !== '');
}
