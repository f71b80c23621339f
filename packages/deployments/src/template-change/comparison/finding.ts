/**
 * What becomes of a change that breaks a rule. `refused`: CloudFormation, or the service behind it, refuses it, and the
 * update is rolled back. `lost`: it succeeds, and data, a place in a stream, or what others know is lost. `limited`: it
 * works, but not at any time.
 */
export type Effect = 'refused' | 'lost' | 'limited';

/** A rule that a change from one template to the next breaks. */
export interface Finding {
  /** Such as `named-replacement`. */
  readonly rule: string;
  /** The logical id. */
  readonly where: string;
  readonly effect: Effect;
  /** What happens, and what to do instead. */
  readonly message: string;
}
