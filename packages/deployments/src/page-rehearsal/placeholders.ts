/** What stands for each word in angle brackets of docs/deploy.md, if the repository is in `root`. */
export function placeholdersFor(root: string): Readonly<Record<string, string>> {
  return { '<your copy of Weir>': root, '<id of the repository at GitHub>': '123456' };
}
