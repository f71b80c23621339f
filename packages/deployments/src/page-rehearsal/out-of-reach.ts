/** A command of docs/deploy.md that does not work in the emulated account. */
export interface OutOfReach {
  /** How the command begins; the page's table names it in this way. */
  readonly begins: string;
  readonly why: string;
  /** It is not even run. */
  readonly isLeftOut?: boolean;
}

/** What moto 5.2 cannot do. A command that is not here must work, and one that is here must not, or it has to go. */
export const OUT_OF_REACH: readonly OutOfReach[] = [
  { begins: 'export WEIR_KEY=', why: 'moto makes no secrets of a template' },
  { begins: 'npm run smoke', why: 'it calls the address of the API on the internet', isLeftOut: true },
  { begins: 'aws service-quotas', why: 'moto does not know the call' },
  { begins: 'gh api', why: 'it asks GitHub', isLeftOut: true },
  { begins: 'aws deploy get-deployment', why: 'moto moves no calls: there is no deployment', isLeftOut: true },
  {
    begins: 'npm run remove-stage -- --stage production',
    why: 'moto deletes what RetainExceptOnCreate keeps, and the tables are protected',
  },
];
