/** A command of a page, as a person pastes it. */
export interface PageCommand {
  /** Without comments; continued lines are one. */
  readonly text: string;
  /** The heading above it. */
  readonly section: string;
}

const SECTION = /^## (.*)$/m;
const SHELL_BLOCK = /^```sh\n([\s\S]*?)^```$/gm;
const OTHER_BLOCK = /^```(?!sh$)\w+\n[\s\S]*?^```$/gm;
const CONTINUED = /\s*\\\n\s*/g;
/** A comment begins with a space and a number sign. */
const COMMENT = /(^|\s+)# .*$/;

/** The commands of a page's blocks of shell, in order. */
export function readCommands(page: string): readonly PageCommand[] {
  const sections = page.replace(OTHER_BLOCK, '').split(/^(?=## )/m);
  return sections.flatMap((part) => {
    const [, section = ''] = SECTION.exec(part) ?? [];
    const blocks = [...part.matchAll(SHELL_BLOCK)].map(([, block = '']) => block);
    return blocks.flatMap((block) => commandsOf(block).map((text) => ({ text, section })));
  });
}

function commandsOf(block: string): readonly string[] {
  const lines = block.replace(CONTINUED, ' ').split('\n');
  return lines.map((line) => line.replace(COMMENT, '').trim()).filter((line) => line !== '');
}
