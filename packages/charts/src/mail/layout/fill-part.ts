import { Markup, type MarkupValue, markup } from '../../markup/markup.ts';
import layout from './mail-layout.json' with { type: 'json' };

export type PartName = keyof typeof layout;

/** A part of the layout with its values in place of `{{name}}`. A value is escaped as in a template of markup. */
export function fillPart(part: PartName, values: Readonly<Record<string, MarkupValue>> = {}): Markup {
  const text = layout[part].replace(/\{\{(\w+)\}\}/g, (_, name: string) => {
    if (!(name in values)) throw new Error(`the part ${part} needs ${name}`);
    return markup`${values[name]}`.text;
  });
  return new Markup(text);
}
