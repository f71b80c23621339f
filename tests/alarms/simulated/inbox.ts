import type { Datapoint } from '../cloudwatch/datapoints.ts';

/** The values that CloudWatch received, from AWS itself and from lines that functions print. */
export class Inbox {
  readonly datapoints: Datapoint[] = [];

  put(datapoint: Omit<Datapoint, 'sentAt'> & { sentAt?: number }): void {
    this.datapoints.push({ sentAt: datapoint.at, ...datapoint });
  }

  /** Runs `work`, and takes the metrics from its output, as CloudWatch's logs do. The output is not printed. */
  async readLines<T>(sentAt: number, work: () => Promise<T>): Promise<T> {
    const printed: string[] = [];
    const { write } = process.stdout;
    process.stdout.write = (chunk: unknown) => printed.push(String(chunk)) > 0;
    try {
      return await work();
    } finally {
      process.stdout.write = write;
      for (const line of printed.flatMap((text) => text.split('\n'))) this.#readLine(line, sentAt);
    }
  }

  #readLine(line: string, sentAt: number): void {
    if (!line.includes('"_aws"')) return;
    const printed = JSON.parse(line) as EmbeddedMetrics;
    for (const { Namespace: namespace, Dimensions, Metrics } of printed._aws.CloudWatchMetrics) {
      for (const names of Dimensions) {
        const dimensions = Object.fromEntries(names.map((name) => [name, String(printed[name])]));
        for (const { Name: name } of Metrics) {
          for (const value of [printed[name]].flat() as number[]) {
            this.put({ namespace, name, dimensions, at: printed._aws.Timestamp, sentAt, value });
          }
        }
      }
    }
  }
}

/** A line of CloudWatch's embedded metric format. */
interface EmbeddedMetrics extends Readonly<Record<string, unknown>> {
  readonly _aws: {
    readonly Timestamp: number;
    readonly CloudWatchMetrics: readonly {
      readonly Namespace: string;
      readonly Dimensions: readonly (readonly string[])[];
      readonly Metrics: readonly { readonly Name: string }[];
    }[];
  };
}
