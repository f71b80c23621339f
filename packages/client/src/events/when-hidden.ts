/** The part of a browser's page that is used; Node has none. */
interface PageView {
  readonly visibilityState: string;
  addEventListener(type: string, listener: () => void): void;
  removeEventListener(type: string, listener: () => void): void;
}

/**
 * Calls a listener each time the page of a browser is hidden: it may then end without another word. Returns a function
 * that undoes this.
 */
export function whenHidden(listener: () => void, scope: object = globalThis): () => void {
  const { document: page } = scope as { readonly document?: PageView };
  if (page === undefined) return () => {};
  const changed = () => {
    if (page.visibilityState === 'hidden') listener();
  };
  page.addEventListener('visibilitychange', changed);
  return () => page.removeEventListener('visibilitychange', changed);
}
