/** From the caller: where what stands behind the doors listens, and each time when as many calls are made as were asked for. */
export type FromCaller =
  | { readonly kind: 'listening'; readonly port: number }
  | { readonly kind: 'called'; readonly statuses: Readonly<Record<string, number>> };

/** To the caller: how many calls to make, at which doors. */
export interface ToCaller {
  readonly calls: number;
  readonly apiPort: number;
  readonly awsPort: number;
}
