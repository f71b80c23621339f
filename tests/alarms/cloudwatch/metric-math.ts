/** One value for each period, the oldest first; undefined if there is none. */
export type Series = readonly (number | undefined)[];

/** The value of a part of an expression: a number, a series, or several series. */
type Value = number | Series | SeriesList;

class SeriesList {
  readonly all: readonly Series[];
  constructor(all: readonly Series[]) {
    this.all = all;
  }
}

export interface MathInput {
  /** The alarm's metrics and other expressions, by id. */
  readonly series: ReadonlyMap<string, Series>;
  /** The ids of the metrics among them, which METRICS() gives. */
  readonly metrics: readonly string[];
  /**
   * true: arithmetic and comparisons take a missing value as 0, as the documents say. false: they give no value, as
   * people have seen. An alarm must be right with both.
   */
  readonly missingIsZero: boolean;
}

type Operation = (a: number, b: number) => number;

/** Operators by precedence, the lowest first. */
const OPERATORS: readonly Readonly<Record<string, Operation>>[] = [
  { OR: (a, b) => Number(a !== 0 || b !== 0), '||': (a, b) => Number(a !== 0 || b !== 0) },
  { AND: (a, b) => Number(a !== 0 && b !== 0), '&&': (a, b) => Number(a !== 0 && b !== 0) },
  {
    '==': (a, b) => Number(a === b),
    '!=': (a, b) => Number(a !== b),
    '<=': (a, b) => Number(a <= b),
    '>=': (a, b) => Number(a >= b),
    '<': (a, b) => Number(a < b),
    '>': (a, b) => Number(a > b),
  },
  { '+': (a, b) => a + b, '-': (a, b) => a - b },
  { '*': (a, b) => a * b, '/': (a, b) => a / b },
];

/** Evaluates a metric math expression as CloudWatch documents it. Throws on anything that Weir's alarms do not use. */
export function evaluateMath(expression: string, input: MathInput): Series {
  const parser = new MathParser(expression, input);
  const result = parser.parse();
  if (!isSeries(result)) throw new Error(`${expression} does not give one series`);
  return result;
}

class MathParser {
  readonly #expression: string;
  readonly #tokens: readonly string[];
  readonly #input: MathInput;
  #at = 0;

  constructor(expression: string, input: MathInput) {
    this.#expression = expression;
    this.#input = input;
    this.#tokens = expression.match(/[A-Za-z_]\w*|\d+(?:\.\d+)?|==|!=|<=|>=|&&|\|\||\S/g) ?? [];
  }

  parse(): Value {
    const value = this.#operation(0);
    if (this.#at < this.#tokens.length) throw this.#unknown();
    return value;
  }

  #operation(level: number): Value {
    const operators = OPERATORS[level];
    if (operators === undefined) return this.#term();
    let left = this.#operation(level + 1);
    for (;;) {
      const operation = operators[this.#tokens[this.#at] ?? ''];
      if (operation === undefined) return left;
      this.#at++;
      left = this.#apply(operation, left, this.#operation(level + 1));
    }
  }

  #term(): Value {
    const token = this.#tokens[this.#at++] ?? '';
    if (/^\d/.test(token)) return Number(token);
    if (token === '(') return this.#closed(')', this.#operation(0));
    if (token === '[') return new SeriesList(this.#list(']').map((value) => expectSeries(value, this.#expression)));
    const series = this.#input.series.get(token);
    if (series) return series;
    if (this.#tokens[this.#at] !== '(') throw this.#unknown();
    this.#at++;
    return this.#call(token, this.#list(')'));
  }

  #call(name: string, values: readonly Value[]): Value {
    const [first, second, third] = values;
    if (name === 'METRICS' && values.length === 0) return this.#metrics();
    if (name === 'FILL' && first instanceof SeriesList && typeof second === 'number') {
      return new SeriesList(first.all.map((series) => fill(series, second)));
    }
    if (name === 'FILL' && isSeries(first) && typeof second === 'number') return fill(first, second);
    if (name === 'SUM' && first instanceof SeriesList) return this.#reduce((a, b) => a + b, first.all);
    if (name === 'MAX' && first instanceof SeriesList) return this.#reduce(Math.max, first.all);
    if (name === 'DIFF' && isSeries(first)) return differences(first);
    if (name === 'IF' && isSeries(first) && second !== undefined) return choose(first, second, third);
    throw new Error(
      `${name} with ${values.length} values, in "${this.#expression}", is not evaluated yet: ` +
        'read what CloudWatch documents of it, and add it to tests/alarms/cloudwatch/metric-math.ts with a test',
    );
  }

  #metrics(): SeriesList {
    const { metrics, series } = this.#input;
    return new SeriesList(metrics.map((id) => series.get(id) ?? []));
  }

  #reduce(operation: Operation, all: readonly Series[]): Series {
    return all.reduce((one, other) => this.#merge(operation, one, other));
  }

  #apply(operation: Operation, left: Value, right: Value): Value {
    if (typeof left === 'number' && typeof right === 'number') return operation(left, right);
    if (typeof left === 'number') return mapSeries(expectSeries(right, this.#expression), (b) => operation(left, b));
    if (typeof right === 'number') return mapSeries(expectSeries(left, this.#expression), (a) => operation(a, right));
    return this.#merge(operation, expectSeries(left, this.#expression), expectSeries(right, this.#expression));
  }

  #merge(operation: Operation, left: Series, right: Series): Series {
    const { missingIsZero } = this.#input;
    return left.map((a, i) => {
      const b = right[i];
      if (a === undefined && b === undefined) return undefined;
      if ((a === undefined || b === undefined) && !missingIsZero) return undefined;
      return operation(a ?? 0, b ?? 0);
    });
  }

  #list(end: string): Value[] {
    const values: Value[] = [];
    while (this.#tokens[this.#at] !== end) {
      values.push(this.#operation(0));
      if (this.#tokens[this.#at] === ',') this.#at++;
      else if (this.#tokens[this.#at] !== end) throw this.#unknown();
    }
    this.#at++;
    return values;
  }

  #closed(end: string, value: Value): Value {
    if (this.#tokens[this.#at++] !== end) throw this.#unknown();
    return value;
  }

  #unknown(): Error {
    return new Error(`"${this.#expression}" cannot be read at "${this.#tokens.slice(this.#at).join(' ')}"`);
  }
}

function isSeries(value: unknown): value is Series {
  return Array.isArray(value);
}

function expectSeries(value: Value, expression: string): Series {
  if (!isSeries(value)) throw new Error(`"${expression}" needs a series, not a number or a list`);
  return value;
}

function mapSeries(series: Series, change: (value: number) => number): Series {
  return series.map((value) => (value === undefined ? undefined : change(value)));
}

function fill(series: Series, filler: number): Series {
  return series.map((value) => value ?? filler);
}

function differences(series: Series): Series {
  return series.map((value, i) => {
    const before = series[i - 1];
    return value === undefined || before === undefined ? undefined : value - before;
  });
}

/** If the chosen value is missing: a true condition gives 0, and a false or missing one gives none. */
function choose(condition: Series, whenTrue: Value, whenFalse: Value | undefined): Series {
  return condition.map((value, i) => {
    if (value === undefined) return undefined;
    return value === 0 ? valueAt(whenFalse, i) : (valueAt(whenTrue, i) ?? 0);
  });
}

function valueAt(value: Value | undefined, i: number): number | undefined {
  return isSeries(value) ? value[i] : (value as number | undefined);
}
