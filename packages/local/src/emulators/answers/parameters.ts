import type { Answer } from '../../aws-calls/backend.ts';
import type { JsonStore } from '../../data-dir/json-store.ts';
import { AwsError, jsonAnswer } from './json-answer.ts';

/** A parameter with its current version. */
export interface StoredParameter {
  readonly type: string;
  readonly value: string;
  readonly version: number;
}

/** Answers for SSM's parameter store, kept in `store`. */
export function parametersAnswer(store: JsonStore<StoredParameter>): Answer {
  return jsonAnswer({
    PutParameter: (input) => {
      const name = String(input.Name);
      const old = store.get(name);
      if (old !== undefined && input.Overwrite !== true) {
        throw new AwsError('ParameterAlreadyExists', `The parameter ${name} exists`);
      }
      const version = (old?.version ?? 0) + 1;
      store.set(name, { type: String(input.Type ?? 'String'), value: String(input.Value), version });
      return { Version: version, Tier: 'Standard' };
    },
    GetParameter: (input) => {
      const name = String(input.Name);
      const parameter = store.get(name);
      if (parameter === undefined) throw new AwsError('ParameterNotFound', `There is no parameter ${name}`);
      return { Parameter: describe(name, parameter) };
    },
    GetParameters: (input) => {
      const names = input.Names as readonly string[];
      const found = store.entries().filter(([name]) => names.includes(name));
      const InvalidParameters = names.filter((name) => store.get(name) === undefined);
      return { Parameters: found.map(([name, parameter]) => describe(name, parameter)), InvalidParameters };
    },
    GetParametersByPath: (input) => {
      const path = `${String(input.Path).replace(/\/$/, '')}/`;
      const found = store.entries().filter(([name]) => isBelow(name, path, input.Recursive === true));
      return { Parameters: found.map(([name, parameter]) => describe(name, parameter)) };
    },
    DeleteParameter: (input) => {
      store.delete(String(input.Name));
      return {};
    },
  });
}

function isBelow(name: string, path: string, recursive: boolean): boolean {
  return name.startsWith(path) && (recursive || !name.slice(path.length).includes('/'));
}

function describe(Name: string, { type, value, version }: StoredParameter): object {
  return {
    Name,
    Type: type,
    Value: value,
    Version: version,
    ARN: `arn:aws:ssm:us-east-1:000000000000:parameter/${Name.replace(/^\//, '')}`,
  };
}
