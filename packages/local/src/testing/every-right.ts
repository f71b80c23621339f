import type { RoleCheck } from '../aws-door/rights/needs/acting-needs.ts';

/** The check of a role that allows everything. */
export const everyRight: RoleCheck = () => undefined;
