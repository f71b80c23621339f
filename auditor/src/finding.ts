/** A checker of others. The last one reads AWS' own list of types and properties. */
export type Checker = 'cdk-nag' | 'cfn-lint' | 'cloudformation-validate' | 'slic-watch' | 'specification';

/** What a checker has to say about a packaged template. */
export interface Finding {
  readonly checker: Checker;
  /** The rule's name, as the checker has it. */
  readonly rule: string;
  /** `<service>/<logical id>`. */
  readonly where: string;
  readonly message: string;
}

/** Says why some findings stay. */
export interface Suppression {
  readonly checker: Checker;
  readonly rule: string;
  /** Patterns of `where`, with `*`. */
  readonly where: readonly string[];
  /** A part of the message, where one rule finds several things at one place. */
  readonly about?: string;
  readonly reason: string;
}
