/** From the caller: the port of its backends, and the end of each round of calls. */
export type FromCaller =
  | { readonly kind: 'listening'; readonly port: number }
  | { readonly kind: 'called'; readonly statuses: Readonly<Record<string, number>> };

/** To the caller: the number of calls to make, and the ports of the doors. */
export interface ToCaller {
  readonly calls: number;
  readonly apiPort: number;
  readonly awsPort: number;
}
