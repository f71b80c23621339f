/** Whether a label is among those of a pull request. GitHub keeps a label's capitals, and does not tell labels apart by them. */
export function hasLabel(labels: readonly string[], label: string): boolean {
  return labels.some((given) => given.trim().toLowerCase() === label.toLowerCase());
}
