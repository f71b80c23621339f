/** A command for a stage. */
export interface OpsCommand {
  readonly name: 'report';
  /** `YYYY-MM-DD` */
  readonly date: string;
  readonly stage: string;
}
/** The command, or the wish to see all of them, or one sentence that says what is wrong. */
export type ParsedCommand =
  | {
      readonly outcome: 'parsed';
      readonly command: OpsCommand;
    }
  | {
      readonly outcome: 'help';
    }
  | {
      readonly outcome: 'wrong';
      readonly problem: string;
    };
/** The answer to `--help`. */
export declare const OPS_HELP =
  "Usage: npm run ops -- report --date YYYY-MM-DD [--stage STAGE]\n\nreport   makes the daily report of a date, or a revision if its figures have changed\n\n  --date YYYY-MM-DD  the day, by the clocks of the stage's time zone; it must have ended\n  --stage STAGE      the stage; without it the one of this machine, which npm start runs\n\nFor a stage in AWS it uses your AWS credentials and your region (AWS_REGION).";
/** Reads the command line. */
export declare function parseCommand(args: readonly string[]): ParsedCommand;
