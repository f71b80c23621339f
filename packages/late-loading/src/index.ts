export { loadLate } from './load-late.ts';
