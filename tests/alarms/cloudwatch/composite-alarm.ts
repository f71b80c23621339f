import { resourcesOf, type Template } from '../../templates/template.ts';
import { type Rule, readRule } from './alarm-rule.ts';

/** A composite alarm of a packaged template. */
export interface CompositeAlarm {
  readonly id: string;
  /** Takes the states of alarms by their logical ids. */
  readonly isUp: Rule;
}

/** The composite alarms of a packaged template, where these conditions of the template hold. */
export function compositesOf(template: Template, isMet: (condition: string) => boolean): readonly CompositeAlarm[] {
  return resourcesOf(template, 'AWS::CloudWatch::CompositeAlarm').map(([id, { Properties }]) => ({
    id,
    isUp: readRule(textOf(Properties.AlarmRule, isMet)),
  }));
}

/** A text after deployment, in which an alarm's name is its logical id. */
function textOf(value: unknown, isMet: (condition: string) => boolean): string {
  if (typeof value === 'string') return value;
  const { 'Fn::Join': join, 'Fn::If': choice, 'Fn::Sub': text } = (value ?? {}) as Intrinsic;
  if (join !== undefined) return join[1].map((part) => textOf(part, isMet)).join(join[0]);
  if (choice !== undefined) return textOf(isMet(choice[0]) ? choice[1] : choice[2], isMet);
  if (text !== undefined) return text.replaceAll(/\$\{(\w+)\}/g, '$1');
  throw new Error(`tests/alarms cannot read the rule ${JSON.stringify(value)} yet`);
}

interface Intrinsic {
  readonly 'Fn::Join'?: readonly [string, readonly unknown[]];
  readonly 'Fn::If'?: readonly [string, unknown, unknown];
  readonly 'Fn::Sub'?: string;
}
