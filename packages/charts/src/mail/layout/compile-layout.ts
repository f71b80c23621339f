import mjml2html from 'mjml';

/** Compiles the layout of mails. Gives the HTML of each part by its name, which stands before it as `%%name%%`. */
export async function compileLayout(source: string): Promise<Record<string, string>> {
  // The default fonts of MJML are fetched from another host.
  const { html, errors } = await mjml2html(source, { validationLevel: 'strict', fonts: {} });
  if (errors.length > 0) throw new Error(`the layout has errors: ${errors.map((error) => error.formattedMessage)}`);
  const [open = '', ...parts] = tidy(html).split(/%%(\w+)%%\n?/);
  const names = parts.filter((_, at) => at % 2 === 0);
  return { open, ...Object.fromEntries(names.map((name, at) => [name, parts[2 * at + 1] ?? ''])) };
}

/** Without what Weir's mails do not need: indentation, empty lines and empty attributes. */
function tidy(html: string): string {
  return (
    html
      // The mail is all that there is to read in its window.
      .replace('aria-roledescription="email" role="article"', 'role="main"')
      .replaceAll(/ (?:class|style)=""/g, '')
      .replaceAll(/<(\w+)\s+/g, '<$1 ')
      .replaceAll(/"\s+>/g, '">')
      .replaceAll(/\s*\n\s*/g, '\n')
      .replaceAll(/>\n\{\{/g, '>{{')
      .replaceAll(/\}\}\n</g, '}}<')
      .trim()
  );
}
