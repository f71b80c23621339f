import type { BudgetDeps } from '../../http/answers/or-unavailable.ts';
import type { ChangeDeps } from './change-user.ts';
import type { PresentAvatar } from './present-user.ts';

/** Dependencies of the profiles' routes. */
export interface ProfileDeps extends ChangeDeps, BudgetDeps {
  readonly presentAvatar: PresentAvatar;
}
