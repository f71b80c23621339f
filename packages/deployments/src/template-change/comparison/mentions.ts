/** A place where a text has a name. */
export interface Mention {
  /** The service whose ARN has the name, as ARNs call it. Undefined outside of ARNs: the name may be of anything. */
  readonly service: string | undefined;
}

/** The start of an ARN, before the name. Lists of ARNs are divided by commas. */
const ARN = /\barn:(?:[\w-]+|\$\{AWS::Partition\}):([a-z0-9-]+):[^"\\\s,]*$/;
/** An ARN has its name after fewer characters. */
const ARN_CHARACTERS = 300;
/** Services that ARNs call otherwise than types of resources do. */
const IN_ARNS: Readonly<Record<string, string>> = { StepFunctions: 'states' };

/**
 * Every place where a text of JSON has a name. A name in a name, such as `weir-dev-mails` in `weir-dev-mails-failed`, is
 * another one.
 */
export function mentionsOf(text: string, name: string): readonly Mention[] {
  const quoted = JSON.stringify(name).slice(1, -1);
  const found: Mention[] = [];
  for (let at = text.indexOf(quoted); at >= 0; at = text.indexOf(quoted, at + 1)) {
    const around = `${text[at - 1] ?? ''}${text[at + quoted.length] ?? ''}`;
    if (/[\w-]/.test(around)) continue;
    found.push({ service: ARN.exec(text.slice(Math.max(0, at - ARN_CHARACTERS), at))?.[1] });
  }
  return found;
}

/** Whether a mention may be of a resource of a type, such as `AWS::SQS::Queue`. */
export function mayMean({ service }: Mention, type: string): boolean {
  const [, own = ''] = type.split('::');
  return service === undefined || service === (IN_ARNS[own] ?? own.toLowerCase());
}
