/** Parameters of a stage (`custom.stage`). If they are given on the command line, they are texts. */
export type Parameters = Readonly<Record<string, unknown>>;
