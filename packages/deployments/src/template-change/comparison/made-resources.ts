import type { Resources, Template } from './template.ts';

/** The resources that a template makes: those without a condition, and those whose condition holds. */
export function madeResources(template: Template): Resources {
  const made = Object.entries(template.Resources).filter(([, { Condition }]) => holds(template, Condition));
  return Object.fromEntries(made);
}

/** Whether a condition of a template holds. One that depends on what only AWS knows is taken to hold. */
export function holds({ Conditions = {} }: Template, name: string | undefined): boolean {
  return name === undefined || (evaluate(Conditions[name], Conditions) ?? true);
}

type Conditions = Readonly<Record<string, unknown>>;

function evaluate(condition: unknown, all: Conditions): boolean | undefined {
  const [[name, given] = ['', undefined]] = Object.entries((condition ?? {}) as object);
  const values = () => [given].flat().map((one) => evaluate(one, all));
  switch (name) {
    case 'Fn::Equals': {
      const [one, other] = given as readonly unknown[];
      return typeof one === 'object' || typeof other === 'object' ? undefined : String(one) === String(other);
    }
    case 'Fn::Not': {
      const [value] = values();
      return value === undefined ? undefined : !value;
    }
    case 'Fn::And':
      return decide(values(), false);
    case 'Fn::Or':
      return decide(values(), true);
    case 'Condition':
      return evaluate(all[String(given)], all);
    default:
      return undefined;
  }
}

/** One value may decide alone; otherwise all must be known. */
function decide(values: readonly (boolean | undefined)[], deciding: boolean): boolean | undefined {
  if (values.includes(deciding)) return deciding;
  return values.includes(undefined) ? undefined : !deciding;
}
