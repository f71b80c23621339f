/** The part of `process` that is needed. */
export interface SignalledProcess {
  on(signal: NodeJS.Signals, listener: () => void): unknown;
  exit(code: number): void;
}

/** How signals arrive. */
export interface SignalOptions {
  readonly own?: SignalledProcess;
  /** Whether npm runs this process. One Ctrl-C then arrives twice: from the terminal, and from npm, which passes it on. */
  readonly runByNpm: boolean;
  /** Milliseconds. */
  readonly now?: () => number;
}

/** How late npm's copy may be. It takes a few milliseconds; a busy machine may need more. */
const COPY_MS = 250;

/**
 * Resolves at the first Ctrl-C (or SIGTERM, or the terminal's end). A second Ctrl-C ends the process at once. npm's copy of
 * the first does not count; there is only one, and so a third signal always counts.
 */
export function untilSignalled({
  own = process,
  runByNpm,
  now = () => performance.now(),
}: SignalOptions): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  let first: number | undefined;
  let copies = runByNpm ? 1 : 0;
  const onSignal = (): void => {
    if (first === undefined) {
      first = now();
      resolve();
    } else if (copies > 0 && now() - first <= COPY_MS) copies -= 1;
    else own.exit(130);
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) own.on(signal, onSignal);
  // Both the terminal and the shell send it when the terminal is closed: it never means "at once".
  own.on('SIGHUP', () => resolve());
  return promise;
}
