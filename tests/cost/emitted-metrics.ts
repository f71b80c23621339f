interface Embedded {
  readonly _aws?: {
    readonly CloudWatchMetrics: readonly {
      readonly Namespace: string;
      readonly Dimensions: readonly (readonly string[])[];
      readonly Metrics: readonly { readonly Name: string }[];
    }[];
  };
}

/** The metrics that CloudWatch would make of a function's output, by namespace, name and the values of dimensions. */
export function emittedMetrics(printed: string): readonly string[] {
  return printed.split('\n').flatMap((line) => {
    if (!line.includes('"_aws"')) return [];
    const values = JSON.parse(line) as Embedded & Readonly<Record<string, unknown>>;
    return (values._aws?.CloudWatchMetrics ?? []).flatMap(({ Namespace, Dimensions, Metrics }) =>
      Dimensions.flatMap((names) =>
        Metrics.map(({ Name }) => [Namespace, Name, ...names.map((name) => String(values[name]))].join(' ')),
      ),
    );
  });
}
