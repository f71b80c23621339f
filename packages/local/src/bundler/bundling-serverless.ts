/** The part of osls that a bundler uses. */
export interface BundlingServerless {
  readonly serviceDir: string;
  readonly service: BundledService;
  readonly processedInput: { readonly commands: readonly string[] };
}

/** The part of a resolved service that a bundler uses. */
export interface BundledService {
  readonly custom?: {
    readonly esbuild?: Readonly<Record<string, unknown>>;
    /** The keys of the functions that nearly every request needs. */
    readonly provisioned?: readonly string[];
  };
  getFunction(key: string): { readonly handler?: string };
}
