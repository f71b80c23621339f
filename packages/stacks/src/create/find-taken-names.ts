import type { Account } from '../account/account.ts';
import type { Template } from '../account/template.ts';
import { findRemains, type Remains } from './find-remains.ts';
import { type TakeBack, takeBack } from './take-back.ts';

/** Why a template cannot be deployed: CloudFormation would make resources that exist already. */
export interface TakenNames {
  readonly problem: string;
  /** The files that take data into the stack again; undefined if there is no data, or if it cannot be told how. */
  readonly takeBack: TakeBack | undefined;
}

/** Looks for resources that an earlier stack of the stage left behind. Undefined if nothing is in the way. */
export async function findTakenNames(
  account: Account,
  stackName: string,
  template: Template,
): Promise<TakenNames | undefined> {
  const stack = await account.findStack(stackName);
  const remains = await findRemains(account, template, stack);
  if (remains.length === 0) return undefined;
  const secrets = remains.filter(({ type }) => type === 'AWS::SecretsManager::Secret');
  const data = remains.filter((found) => !secrets.includes(found));
  const back = data.length > 0 ? takeBack(template, stack, data) : undefined;
  const sentences = [...(data.length > 0 ? [dataSentence(stackName, data, back)] : []), ...secrets.map(secretSentence)];
  return { problem: sentences.join('\n'), takeBack: back };
}

function dataSentence(stackName: string, data: readonly Remains[], back: TakeBack | undefined): string {
  const names = data.map(({ name }) => name).join(', ');
  const taken = `${stackName} cannot make resources that an earlier stack of this stage left: ${names}.`;
  if (back) return `${taken} docs/stages.md says how the stack takes them back ("A removed stage made anew")`;
  return `${taken} It is unknown which key encrypts them, and no stack can take them back: copy them, and delete them`;
}

function secretSentence({ name, isInRecovery }: Remains): string {
  const free = `aws secretsmanager delete-secret --force-delete-without-recovery --secret-id ${name}`;
  if (!isInRecovery) return `The secret ${name} already exists: \`${free}\` frees its name`;
  const restore = `aws secretsmanager restore-secret --secret-id ${name}`;
  return `The secret ${name} was deleted by hand, and keeps its name for days: \`${restore} && ${free}\` frees it`;
}
