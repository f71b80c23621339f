export { StacksPlugin as 'module.exports' } from './stacks-plugin.ts';
